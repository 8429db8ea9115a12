import { createHash } from 'node:crypto';

/** SHA-256 of a parsed body, whatever the order in which its members were sent. */
export function requestHash(body: object): string {
  return createHash('sha256').update(JSON.stringify(body, inOrder)).digest('hex');
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
