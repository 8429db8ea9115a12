/** The value made for a key before, or a new one; only the last `limit` keys asked for are kept. */
export function recent<Key, Value>(
  kept: Map<Key, Value>,
  key: Key,
  { limit, make }: { readonly limit: number; readonly make: () => Value },
): Value {
  const known = kept.get(key);
  const value = known ?? make();
  kept.delete(key);
  kept.set(key, value);
  const oldest = kept.keys().next();
  if (kept.size > limit && oldest.done !== true) kept.delete(oldest.value);
  return value;
}
