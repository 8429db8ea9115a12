export interface ReadCue {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** The cues of an SRT or VTT file, lines joined by spaces. */
export function readCues(subtitles: string): ReadCue[] {
  const pattern = /(\d+):(\d+):(\d+)[.,](\d+) --> (\d+):(\d+):(\d+)[.,](\d+).*\n((?:.+\n?)+)/g;
  return [...subtitles.replaceAll('\r\n', '\n').matchAll(pattern)].map((match) => {
    const numbers = match.slice(1, 9).map(Number);
    return {
      text: (match[9] ?? '').trim().replaceAll('\n', ' ').replaceAll('&amp;', '&').replaceAll('&lt;', '<'),
      startMs: milliseconds(numbers.slice(0, 4)),
      endMs: milliseconds(numbers.slice(4, 8)),
    };
  });
}

function milliseconds([hours = 0, minutes = 0, seconds = 0, rest = 0]: readonly number[]): number {
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest;
}
