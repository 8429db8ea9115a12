/** A box of an MP4: either a list of boxes, or bytes nobody here looks into. */
export interface Box {
  /** Four characters, e.g. `moov`. */
  readonly type: string;
  readonly content: Buffer | readonly Box[];
}

/** Boxes that hold nothing but boxes. */
const containers = new Set(['moov', 'trak', 'tref', 'mdia', 'minf', 'stbl', 'udta', 'gmhd', 'dinf']);

/** Reads boxes that fill the bytes exactly. @throws {Error} when one reaches beyond them. */
export function parseBoxes(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let position = 0; position < bytes.length; ) {
    const size = bytes.readUInt32BE(position);
    const end = position + size;
    if (size < headerBytes || end > bytes.length) throw new Error(`a box at byte ${position} is cut off`);
    const type = bytes.toString('latin1', position + 4, position + headerBytes);
    const inside = bytes.subarray(position + headerBytes, end);
    boxes.push({ type, content: containers.has(type) ? parseBoxes(inside) : inside });
    position = end;
  }
  return boxes;
}

export function serialiseBox({ type, content }: Box): Buffer {
  const inside = Buffer.isBuffer(content) ? content : Buffer.concat(content.map(serialiseBox));
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(headerBytes + inside.length, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, inside]);
}

const headerBytes = 8;

/** The boxes of a list; empty for a box of bytes. */
export function childrenOf(box: Box | undefined): readonly Box[] {
  return box === undefined || Buffer.isBuffer(box.content) ? [] : box.content;
}

/** The first box along a path of types. */
export function findBox(box: Box | undefined, ...path: readonly string[]): Box | undefined {
  return path.reduce<Box | undefined>((at, type) => childrenOf(at).find((child) => child.type === type), box);
}

/** The bytes of the first box along a path. @throws {Error} when it is not there. */
export function bytesOf(box: Box, ...path: readonly string[]): Buffer {
  const found = findBox(box, ...path)?.content;
  if (!Buffer.isBuffer(found)) throw new Error(`the file has no ${path.join('/')}`);
  return found;
}

/** The same tree with every box of these types replaced. */
export function replaceBoxes(box: Box, types: readonly string[], replace: (box: Box) => Box): Box {
  if (types.includes(box.type)) return replace(box);
  if (Buffer.isBuffer(box.content)) return box;
  return { type: box.type, content: box.content.map((child) => replaceBoxes(child, types, replace)) };
}
