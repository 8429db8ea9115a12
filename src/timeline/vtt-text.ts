/** hh:mm:ss and milliseconds after the separator: a point WebVTT takes, a comma SubRip. */
export function clock(milliseconds: number, separator: ',' | '.'): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const time = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return `${time}${separator}${String(milliseconds % 1000).padStart(3, '0')}`;
}

/** Text of a WebVTT cue, where these characters begin tags. */
export function escapeVtt(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
