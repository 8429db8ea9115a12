/** The same samples in blocks of exactly `length` values; the last one may be shorter. Each is valid until the next. */
export async function* regroup(
  blocks: AsyncIterable<Float32Array>,
  length: number,
): AsyncGenerator<Float32Array> {
  const group = new Float32Array(length);
  let filled = 0;
  for await (const block of blocks) {
    for (let taken = 0; taken < block.length; ) {
      const part = block.subarray(taken, taken + length - filled);
      group.set(part, filled);
      taken += part.length;
      filled += part.length;
      if (filled === length) {
        yield group;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield group.subarray(0, filled);
}
