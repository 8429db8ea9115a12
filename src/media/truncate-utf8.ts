/** As many whole characters of a text as fit into so many bytes. */
export function truncateUtf8(text: string, mostBytes: number): Buffer {
  const bytes = new Uint8Array(mostBytes);
  const { written } = new TextEncoder().encodeInto(text, bytes);
  return Buffer.from(bytes.buffer, 0, written);
}
