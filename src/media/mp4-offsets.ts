import { type Box, replaceBoxes, serialiseBox } from './mp4-box-tree.ts';

/**
 * The index for data that moves up by as many bytes as the index itself is long: what putting it first means. Offsets
 * that would no longer fit into 32 bits are written in 64.
 *
 * @param moov as it was made for data that did not move.
 * @param fileBytes where the data ended then.
 */
export function forMovedData(moov: Box, { fileBytes }: { fileBytes: number }): Box {
  const isLarge = fileBytes + 2 * serialiseBox(moov).length > largest32Bits;
  const sized = isLarge ? replaceBoxes(moov, ['stco'], widened) : moov;
  const shift = serialiseBox(sized).length;
  return replaceBoxes(sized, ['stco', 'co64'], (box) => shifted(box, shift));
}

const largest32Bits = 2 ** 32 - 1;
/** Version, flags, and how many offsets follow. */
const tableHeaderBytes = 8;

function widened({ content }: Box): Box {
  const narrow = bytes(content);
  const wide = Buffer.alloc(tableHeaderBytes + (narrow.length - tableHeaderBytes) * 2);
  narrow.copy(wide, 0, 0, tableHeaderBytes);
  for (let from = tableHeaderBytes, to = tableHeaderBytes; from < narrow.length; from += 4, to += 8) {
    wide.writeBigUInt64BE(BigInt(narrow.readUInt32BE(from)), to);
  }
  return { type: 'co64', content: wide };
}

function shifted({ type, content }: Box, shift: number): Box {
  const table = Buffer.from(bytes(content));
  if (type === 'co64') {
    for (let at = tableHeaderBytes; at < table.length; at += 8) {
      table.writeBigUInt64BE(table.readBigUInt64BE(at) + BigInt(shift), at);
    }
  } else {
    for (let at = tableHeaderBytes; at < table.length; at += 4) {
      table.writeUInt32BE(table.readUInt32BE(at) + shift, at);
    }
  }
  return { type, content: table };
}

function bytes(content: Box['content']): Buffer {
  if (!Buffer.isBuffer(content)) throw new Error('a table of offsets is no list of boxes');
  return content;
}
