/**
 * Seconds that a `Retry-After` header asks for: a number of them, or an HTTP date (RFC 9110, 10.2.3). 0 without one, or when it
 * says neither or lies in the past. Pure.
 */
export function retryAfterSeconds(header: string | undefined, now: Date): number {
  const text = header?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text);
  // Only a date of HTTP: Date.parse takes much else.
  if (!/^[A-Z][a-z]{2,8},? .+/.test(text)) return 0;
  const milliseconds = Date.parse(text) - now.getTime();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds / 1_000) : 0;
}
