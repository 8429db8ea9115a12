/**
 * The family a font says it is of, from its `name` table (OpenType 1.9): the typographic family where it has one ("Noto
 * Sans"), else the plain one, which may name the weight too ("Noto Sans SemiBold").
 *
 * @throws {RangeError} when it is cut off.
 */
export function readFamilyName(name: Buffer): string | undefined {
  const storage = name.readUInt16BE(4);
  const records = Array.from({ length: name.readUInt16BE(2) }, (_, index) => {
    const at = 6 + index * 12;
    const start = storage + name.readUInt16BE(at + 10);
    return {
      platform: name.readUInt16BE(at),
      language: name.readUInt16BE(at + 4),
      id: name.readUInt16BE(at + 6),
      text: name.subarray(start, start + name.readUInt16BE(at + 8)),
    };
  });
  const readable = records.filter(({ platform, id }) => platform !== macintosh && (id === 16 || id === 1));
  const [best] = readable.toSorted(
    (a, b) => b.id - a.id || Number(b.language === english) - Number(a.language === english),
  );
  const family = best && decodeUtf16(best.text).replaceAll('\0', '').trim();
  return family === '' ? undefined : family?.slice(0, 100);
}

/** Its names are in one of the old code pages; fonts have them in Unicode as well. */
const macintosh = 1;
const english = 0x0409;

function decodeUtf16(text: Buffer): string {
  return new TextDecoder('utf-16be').decode(text);
}
