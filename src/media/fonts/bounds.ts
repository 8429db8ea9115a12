/** Most bytes that a font's tables may have together, once they are unpacked. */
export const unpackedBytes = 100_000_000;

/** @throws {Error} when not all of it is there. */
export function slice(
  bytes: Buffer,
  { start, length }: { readonly start: number; readonly length: number },
): Buffer {
  if (start + length > bytes.length) throw new Error('it is cut off');
  return bytes.subarray(start, start + length);
}
