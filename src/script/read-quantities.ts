/** Readers of single values. Each gives undefined for what is not such a value. */

/** `4s`, `1.5s`, `.5 s`, `500ms`, in seconds. */
export function readSeconds(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s?(ms|s)$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) / (match[2] === 'ms' ? 1000 : 1);
}

/** A length, or a place on a player's clock: `1:05`, `1:02:03.5`. In seconds. */
export function readTime(text: string): number | undefined {
  const clock = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2}(?:\.\d{1,3})?)$/.exec(text);
  if (clock === null) return readSeconds(text);
  const [, hours = '0', minutes = '0', seconds = '0'] = clock;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** `-6dB`, `+3 dB`, `-6`. */
export function readDecibels(text: string): number | undefined {
  const match = /^([-+\u2212]?)\s?(\d{1,3}(?:\.\d{1,3})?)\s?(?:dB)?$/i.exec(text);
  if (match === null) return undefined;
  const level = Number(match[2]);
  return level !== 0 && match[1] !== '' && match[1] !== '+' ? -level : level;
}

/** `30%` as 0.3; from 0 to 100. */
export function readShare(text: string): number | undefined {
  const match = /^(\d{1,3}(?:\.\d{1,3})?)\s?%$/.exec(text);
  const share = match === null ? undefined : Number(match[1]) / 100;
  return share !== undefined && share <= 1 ? share : undefined;
}

export function readYesNo(text: string): boolean | undefined {
  if (/^(?:yes|true|on)$/i.test(text)) return true;
  return /^(?:no|false|off)$/i.test(text) ? false : undefined;
}

/** Lines of a scene's code, from 1, both ends included. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** `3` or `3-5`. */
export function readLines(text: string): LineRange | undefined {
  const match = /^(\d{1,4})(?:\s?[-\u2013]\s?(\d{1,4}))?$/.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from >= 1 && to >= from ? { from, to } : undefined;
}
