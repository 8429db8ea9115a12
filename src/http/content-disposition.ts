/**
 * The value of a `Content-Disposition` header. The exact name goes into `filename*` (RFC 6266, RFC 8187); clients that
 * do not know it get `filename` in plain ASCII.
 */
export function contentDisposition(type: 'inline' | 'attachment', fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** A file name that every usual system takes, from a title in any script: `My talk: part 1` and `.mp4`. */
export function fileNameFor(title: string, extension: string): string {
  const forbidden = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu;
  const safe = title
    .toWellFormed()
    .replace(forbidden, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return `${[...safe].slice(0, 80).join('').trim() || 'video'}${extension}`;
}
