/** "42 s", "1 min 5 s", "2 h 3 min": a length, from seconds. */
export function lengthInWords(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return join(Math.floor(whole / 60), 'min', whole % 60, 's');
  return join(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min');
}

/** "about 2 minutes left": what remains, from seconds, no more exact than an estimate is. */
export function remainingInWords(seconds: number): string {
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} seconds left`;
  if (seconds < 90) return 'about a minute left';
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `about ${minutes} minutes left`;
  const hours = Math.round(minutes / 60);
  return `about ${hours} hours left`;
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
