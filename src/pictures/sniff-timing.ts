/**
 * The content type of a text that may say when words are spoken: SubRip or JSON, by how it begins. (WebVTT begins with its
 * name, by which file-type knows it.) Whether it does say so is found when it is read.
 */
export function timingType(start: string): string | undefined {
  const text = start.replace(/^\ufeff/, '').trimStart();
  if (/^\d+\s*\r?\n\s*\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s*-->/.test(text)) return 'application/x-subrip';
  return /^[[{]\s*(["[{\]}]|$)/.test(text) ? 'application/json' : undefined;
}
