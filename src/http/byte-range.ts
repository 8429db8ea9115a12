/** Inclusive byte positions, as in `Content-Range`. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Which bytes a `Range` header asks for (RFC 9110, 14). `whole` when there is none, when it is not one plain byte
 * range (the RFC lets us ignore it), `unsatisfiable` when it begins behind the end.
 */
export function parseRange(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const groups = /^bytes=[ \t]*(?<first>\d*)-(?<last>\d*)[ \t]*$/i.exec(header ?? '')?.groups;
  const first = groups?.['first'] ?? '';
  const last = groups?.['last'] ?? '';
  if (first === '' && last === '') return 'whole';
  const range =
    first === ''
      ? { first: Math.max(0, sizeBytes - Number(last)), last: sizeBytes - 1 }
      : { first: Number(first), last: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
  if (first !== '' && last !== '' && Number(last) < Number(first)) return 'whole';
  return range.first > range.last ? 'unsatisfiable' : range;
}
