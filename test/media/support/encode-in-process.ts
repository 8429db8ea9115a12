import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { encodeVideoChunk } from '../../../src/media/encode-video-chunk.ts';
import { codecs } from '../../../src/protocol/output.ts';
import { drawNumbered, height, width } from './numbered-frames.ts';

/** A process of its own: encodes a chunk of a codec into a file and prints the hash of its bytes. */
const [codecName, file = ''] = process.argv.slice(2);
const codec = codecs.find((name) => name === codecName);
if (codec === undefined) throw new Error(`${codecName} is no codec`);
await encodeVideoChunk({ width, height, fps: 29.97, codec, frameCount: 24, file, drawFrame: drawNumbered });
console.log(
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex'),
);
