/** "42 s", "1 min 5 s", "2 h 3 min": a length, from seconds. */
export function lengthInWords(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return join(Math.floor(whole / 60), 'min', whole % 60, 's');
  return join(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min');
}

/** "about 2 to 3 minutes left": what remains, from the ends of a range in seconds. */
export function rangeInWords(range: { readonly lowSeconds: number; readonly highSeconds: number }): string {
  const { lowSeconds, highSeconds } = range;
  if (highSeconds < 5) return 'a few seconds left';
  const unit = unitFor(highSeconds);
  const [low, high] = [toStep(lowSeconds, unit), toStep(highSeconds, unit)];
  if (low === high) return `about ${high} ${unit.name}${high === 1 ? '' : 's'} left`;
  return low === 0
    ? `up to ${high} ${unit.name}${high === 1 ? '' : 's'} left`
    : `about ${low} to ${high} ${unit.name}s left`;
}

interface RangeUnit {
  readonly name: 'second' | 'minute' | 'hour';
  readonly seconds: number;
  /** No more exact than this, in units. */
  readonly step: number;
}

function unitFor(seconds: number): RangeUnit {
  if (seconds < 15) return { name: 'second', seconds: 1, step: 1 };
  if (seconds < 90) return { name: 'second', seconds: 1, step: 5 };
  return seconds < 5_400
    ? { name: 'minute', seconds: 60, step: 1 }
    : { name: 'hour', seconds: 3_600, step: 1 };
}

function toStep(seconds: number, { seconds: unitSeconds, step }: RangeUnit): number {
  return Math.round(seconds / unitSeconds / step) * step;
}

/** "just now", "5 minutes ago", then the date: when something was, RFC 3339 against the clock in milliseconds. */
export function agoInWords(at: string, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - Date.parse(at)) / 1000);
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return relative.format(-Math.max(1, Math.round(seconds / 60)), 'minute');
  if (seconds < 86_400) return relative.format(-Math.round(seconds / 3600), 'hour');
  return dates.format(new Date(at));
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function join(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}
