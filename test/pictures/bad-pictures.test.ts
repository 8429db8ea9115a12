import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { inspectPicture } from '../../src/pictures/index.ts';
import { drawHalves, gifOf } from './picture-files.ts';
import { pngChunk, pngClaiming, pngFile } from './png-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-bad-'));
after(() => rm(folder, { recursive: true }));

async function inspect(name: string, bytes: Uint8Array | string) {
  const file = join(folder, name);
  await writeFile(file, bytes);
  return await inspectPicture(file);
}

const halves = drawHalves();
/** Greys of 8 bits. */
const onePixel = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);

/** Refused with exactly this message, quickly, and without the memory its pixels would take. */
async function refused(
  file: readonly [name: string, bytes: Uint8Array | string],
  code: string,
  message: string,
) {
  const begun = { time: performance.now(), memory: process.memoryUsage().rss };
  await assert.rejects(inspect(...file), { name: 'AuraError', code, message });
  assert.ok(performance.now() - begun.time < 2_000, 'quickly');
  assert.ok(process.memoryUsage().rss - begun.memory < 150_000_000, 'without decoding it');
}

const tooLarge = (name: string, size: string) =>
  `“${name}” has ${size} pixels; at most 60 million pixels are possible: save it smaller.`;
const cutOff = (name: string) => `“${name}” is cut off or damaged: it does not reach its own end.`;
const possible =
  'Pictures may be JPEG, PNG, WebP, GIF, AVIF or SVG, videos MP4, MOV, WebM or MKV, sounds MP3, WAV, FLAC, Ogg, M4A or WebM, ' +
  'fonts TTF, OTF, WOFF or WOFF2, timings WebVTT, SRT or JSON.';

describe('a picture with more pixels than anybody can show', () => {
  it('is refused before it is decoded: PNG', async () => {
    await refused(
      ['poster.png', pngClaiming(12_000, 9_000)],
      'picture_invalid',
      tooLarge('poster.png', '12000 x 9000'),
    );
    const zeros = pngClaiming(50_000, 50_000, { pixelBytes: 3_000_000 });
    assert.ok(zeros.length < 5_000);
    await refused(['zeros.png', zeros], 'picture_invalid', tooLarge('zeros.png', '50000 x 50000'));
  });

  it('is refused before it is decoded: JPEG, WebP, GIF, AVIF', async () => {
    const jpeg = halves.toBuffer('image/jpeg');
    const frameHeader = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(60_000, frameHeader + 5);
    jpeg.writeUInt16BE(60_001, frameHeader + 7);
    await refused(['a.jpg', jpeg], 'picture_invalid', tooLarge('a.jpg', '60001 x 60000'));

    const webp = Buffer.alloc(40);
    webp.write('RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0', 'latin1');
    webp.writeUIntLE(15_999, 24, 3);
    webp.writeUIntLE(16_000, 27, 3);
    await refused(['a.webp', webp], 'picture_invalid', tooLarge('a.webp', '16000 x 16001'));

    const gif = gifOf({ delays: [10] });
    gif.writeUInt16LE(65_535, 6);
    gif.writeUInt16LE(65_535, 8);
    await refused(['a.gif', gif], 'picture_invalid', tooLarge('a.gif', '65535 x 65535'));

    const avif = halves.toBuffer('image/avif');
    const extent = avif.indexOf('ispe') + 8;
    avif.writeUInt32BE(40_000, extent);
    avif.writeUInt32BE(40_000, extent + 4);
    await refused(['a.avif', avif], 'picture_invalid', tooLarge('a.avif', '40000 x 40000'));
  });
});

describe('a picture that unpacks to more than it shows', () => {
  it('is refused when it has too many packed notes', async () => {
    const note = Buffer.concat([Buffer.from('note\0\0'), deflateSync(Buffer.alloc(1_000_000))]);
    const notes = Array.from({ length: 101 }, () => pngChunk('zTXt', note));
    const [header, pixels] = [pngChunk('IHDR', onePixel), pngChunk('IDAT', deflateSync(Buffer.alloc(2)))];
    const why = '101 parts that a decoder would unpack for nothing; at most 100 are possible';
    await refused(
      ['notes.png', pngFile([header, ...notes, pixels])],
      'picture_invalid',
      `“notes.png” has ${why}: save it anew with another program.`,
    );
  });

  it('is opened without unpacking a colour profile that has no end', async () => {
    const profile = Buffer.concat([Buffer.from('icc\0\0'), deflateSync(Buffer.alloc(100_000_000))]);
    const before = process.resourceUsage().maxRSS;
    const chunks = [pngChunk('IHDR', onePixel), pngChunk('iCCP', profile)];
    const png = pngFile([...chunks, pngChunk('IDAT', deflateSync(Buffer.alloc(2)))]);
    assert.equal((await inspect('profile.png', png)).width, 1);
    assert.ok(process.resourceUsage().maxRSS - before < 80_000, 'kilobytes');
  });

  it('is refused when a JPEG goes over its pixels again and again', async () => {
    const jpeg = halves.toBuffer('image/jpeg');
    const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
    const bytes = Buffer.concat([
      jpeg.subarray(0, -2),
      ...Array.from({ length: 500 }, () => scan),
      jpeg.subarray(-2),
    ]);
    const why = '501 parts that a decoder would unpack for nothing; at most 100 are possible';
    await refused(
      ['scans.jpg', bytes],
      'picture_invalid',
      `“scans.jpg” has ${why}: save it anew with another program.`,
    );
  });
});

describe('a picture that is not all there', () => {
  const files = {
    'a.jpg': halves.toBuffer('image/jpeg', 90),
    'a.png': halves.toBuffer('image/png'),
    'a.webp': halves.toBuffer('image/webp', 80),
    'a.gif': halves.toBuffer('image/gif'),
  } as const;
  for (const [name, bytes] of Object.entries(files)) {
    it(`is refused when it is cut in half: ${name}`, () =>
      refused([name, bytes.subarray(0, bytes.length / 2)], 'picture_invalid', cutOff(name)));
  }

  it('is refused when it is cut in half: AVIF', async () => {
    const avif = halves.toBuffer('image/avif');
    const message = '“a.avif” is damaged: it cannot be decoded.';
    await refused(['a.avif', avif.subarray(0, avif.length / 2)], 'picture_invalid', message);
    await refused(
      ['a.avif', avif.subarray(0, 60)],
      'picture_invalid',
      '“a.avif” ends before its size is named.',
    );
  });

  it('is refused when it has no bytes', async () => {
    for (const name of ['a.jpg', 'a.svg', 'a.gif']) {
      await refused([name, ''], 'asset_empty', `“${name}” is empty: it has no bytes at all.`);
    }
  });
});

describe('a picture that is something else', () => {
  const disguised = [
    ['playlist.jpg', '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n', 'text'],
    ['playlist.gif', '#EXTM3U\nhttp://169.254.169.254/\n', 'text'],
    ['page.png', '<!DOCTYPE html><html><body><svg></svg></body></html>', 'text'],
    ['program.webp', '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0', 'application/x-elf'],
    ['document.avif', '%PDF-1.7\n', 'application/pdf'],
  ] as const;
  for (const [name, content, found] of disguised) {
    it(`is refused: ${name}`, () =>
      refused(
        [name, Buffer.from(content, 'latin1')],
        'asset_unsupported',
        `“${name}” is ${found}. ${possible}`,
      ));
  }

  it('is taken for what it begins as, whatever follows', async () => {
    const jpeg = halves.toBuffer('image/jpeg', 90);
    const page = Buffer.from('<script>alert(1)</script>PK\x03\x04');
    assert.equal((await inspect('photo.html', Buffer.concat([jpeg, page]))).contentType, 'image/jpeg');
    const gif = gifOf({ delays: [10] });
    assert.equal((await inspect('script.js', Buffer.concat([gif, page]))).contentType, 'image/gif');
  });
});
