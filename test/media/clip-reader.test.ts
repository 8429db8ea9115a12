import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { openClip } from '../../src/media/clip-reader.ts';
import { createYuvConverter } from '../../src/media/index.ts';
import { distance, tightPlanes } from './support/tight-planes.ts';
import { workFolder } from './support/work-folder.ts';
import { type TestVideo, writeVideo } from './support/write-video.ts';

const inFolder = await workFolder();
const width = 96;
const height = 64;
const bits = 8;

/** A picture that shows its number as a row of squares along its top, and a moving noise below. */
function numbered(number: number, alpha = 255): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isBar = y < 16;
      const bar = ((number >> Math.floor(x / (width / bits))) & 1) * 255;
      const value = isBar ? bar : ((x * 3) ^ (y * 5 + number * 7)) & 255;
      pixels.set([value, value, value, isBar ? 255 : alpha], (y * width + x) * 4);
    }
  }
  return pixels;
}

function readNumber(pixels: Uint8Array, rowLength = width, scale = 1): number {
  let number = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const x = Math.round((bit + 0.5) * (width / bits) * scale);
    if ((pixels[(Math.round(8 * scale) * rowLength + x) * 4] ?? 0) > 127) number |= 1 << bit;
  }
  return number;
}

const steady = Array.from({ length: 90 }, (_, index) => Math.round((index * 1000) / 30));
const uneven = [0, 40, 80, 100, 500, 520, 1000, 1700, 1720, 1740, 2500, 2540, 2600, 3000];
const cutInTens = Array.from({ length: 40 }, (_, index) => index * 50);

const pictures = (times: readonly number[], alpha?: number): TestVideo['pictures'] =>
  times.map((timeMs, index) => ({ pixels: numbered(index, alpha), timeMs }));

const size = { width, height };
const small = { g: 20, crf: 15 };
const clips: Record<string, { times: readonly number[]; video: Omit<TestVideo, 'pictures'> }> = {
  'b-frames.mp4': { times: steady, video: { kind: 'h264', ...size, options: { ...small, bf: 3 } } },
  'open-gop.mp4': {
    times: steady,
    video: {
      kind: 'h264',
      ...size,
      options: { ...small, 'x264-params': 'open-gop=1:bframes=3:b-adapt=0:scenecut=0' },
    },
  },
  'open-gop.mkv': {
    times: steady,
    video: {
      kind: 'h264',
      ...size,
      options: { ...small, 'x264-params': 'open-gop=1:bframes=3:b-adapt=0:scenecut=0' },
    },
  },
  'vp9.webm': { times: steady, video: { kind: 'vp9', ...size, options: { g: 20, crf: 15, 'cpu-used': 8 } } },
  'open-gop-hevc.mp4': {
    times: steady,
    video: {
      kind: 'hevc',
      ...size,
      options: {
        preset: 'ultrafast',
        crf: 15,
        'x265-params': 'keyint=20:min-keyint=20:open-gop=1:bframes=3:log-level=none',
      },
    },
  },
  'av1.mp4': { times: steady, video: { kind: 'av1', ...size, options: { g: 20, crf: 20, preset: 11 } } },
  // As browsers record: no length, no index.
  'live.webm': {
    times: steady,
    video: { kind: 'vp9', ...size, options: { g: 20, crf: 15, 'cpu-used': 8 }, muxer: { live: 1 } },
  },
  'fragmented.mp4': {
    times: steady,
    video: {
      kind: 'h264',
      ...size,
      options: { ...small, bf: 3 },
      muxer: { movflags: 'frag_keyframe+empty_moov' },
    },
  },
  'uneven.mp4': { times: uneven, video: { kind: 'h264', ...size, options: { g: 5, bf: 2 } } },
  'uneven.webm': {
    times: uneven,
    video: { kind: 'vp9', ...size, options: { g: 5, crf: 15, 'cpu-used': 8 } },
  },
  'animation.gif': { times: cutInTens, video: { kind: 'gif', ...size } },
};

before(async () => {
  for (const [name, { times, video }] of Object.entries(clips)) {
    await writeVideo(inFolder(name), { ...video, pictures: pictures(times) });
  }
});

for (const [name, { times }] of Object.entries(clips)) {
  const lastTime = times.at(-1) ?? 0;
  /** Between and exactly at the times of the pictures, and at the times of a 30 fps video. */
  const asked = [...times.map((time) => (time + 7) / 1000), ...steady.map((_, index) => index / 30)];
  const expected = (seconds: number) => {
    const next = times.findIndex((time) => time / 1000 > seconds + 0.001);
    return next === -1 ? times.length - 1 : Math.max(0, next - 1);
  };

  test(`${name}: each time shows its picture, however it is reached`, async () => {
    const inOrder = [...asked].sort((one, other) => one - other);
    const reference = new Map<number, Uint8Array>();
    await using forward = await openClip({ file: inFolder(name) });
    for (const seconds of inOrder) {
      const { pixels } = await forward.frameAt(seconds);
      assert.equal(readNumber(pixels), expected(seconds), `${seconds} s`);
      reference.set(seconds, pixels.slice());
    }
    await using jumping = await openClip({ file: inFolder(name) });
    const shuffled = inOrder.map((_, index) => inOrder[(index * 37 + 11) % inOrder.length] ?? 0);
    for (const seconds of [lastTime / 1000, 0, ...shuffled]) {
      const { pixels } = await jumping.frameAt(seconds);
      const same = reference.get(seconds) ?? (await forward.frameAt(seconds)).pixels;
      assert.ok(Buffer.compare(pixels, same) === 0, `${seconds} s differs after a jump`);
    }
    for (const seconds of inOrder.filter((_, index) => index % 9 === 0)) {
      await using fresh = await openClip({ file: inFolder(name) });
      const { pixels } = await fresh.frameAt(seconds);
      assert.ok(
        Buffer.compare(pixels, reference.get(seconds) ?? new Uint8Array()) === 0,
        `${seconds} s at first`,
      );
    }
  });
}

test('while the picture stays the same, so does the object', async () => {
  await using clip = await openClip({ file: inFolder('uneven.mp4') });
  const first = await clip.frameAt(0.1);
  assert.equal(await clip.frameAt(0.3), first);
  assert.notEqual(await clip.frameAt(0.5), first);
  assert.equal(readNumber((await clip.frameAt(1e6)).pixels), uneven.length - 1, 'the last picture stays');
  assert.equal(readNumber((await clip.frameAt(-1)).pixels), 0);
});

const one = 65_536;
const turns: Record<string, { matrix: number[]; corner: (w: number, h: number) => [number, number] }> = {
  // Where the stored picture's top left corner is shown.
  quarter: { matrix: [0, one, 0, -one, 0, 0, 0, 0, one << 14], corner: (w) => [w - 1, 0] },
  half: { matrix: [-one, 0, 0, 0, -one, 0, 0, 0, one << 14], corner: (w, h) => [w - 1, h - 1] },
  'three-quarters': { matrix: [0, -one, 0, one, 0, 0, 0, 0, one << 14], corner: (_, h) => [0, h - 1] },
  mirrored: { matrix: [-one, 0, 0, 0, one, 0, 0, 0, one << 14], corner: (w) => [w - 1, 0] },
};

for (const [name, { matrix, corner }] of Object.entries(turns)) {
  test(`a ${name} turn is applied, fitted to what is drawn`, async () => {
    const pixels = new Uint8Array(width * height * 4).fill(255);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const isMarked = x < width / 2 && y < height / 2;
        pixels.set(isMarked ? [0, 0, 0] : [240, 240, 240], (y * width + x) * 4);
      }
    }
    const file = inFolder(`${name}.mp4`);
    const still = [0, 40].map((timeMs) => ({ pixels, timeMs }));
    await writeVideo(file, { kind: 'h264', ...size, options: { crf: 10 }, matrix, pictures: still });
    await using clip = await openClip({ file, maximumWidth: 48, maximumHeight: 48 });
    const isTurned = name.includes('quarter');
    const shown = { width: clip.width, height: clip.height };
    assert.deepEqual(shown, isTurned ? { width: 32, height: 48 } : { width: 48, height: 32 });
    const picture = await clip.frameAt(0);
    const [darkX, darkY] = corner(clip.width, clip.height);
    for (const [x, y] of [
      [0, 0],
      [clip.width - 1, 0],
      [0, clip.height - 1],
      [clip.width - 1, clip.height - 1],
    ] as const) {
      const value = picture.pixels[(y * clip.width + x) * 4] ?? -1;
      const isDark = x === darkX && y === darkY;
      assert.ok(isDark ? value < 20 : value > 220, `${value} at ${x}, ${y}`);
    }
  });
}

test('pixels that are not square are made so', async () => {
  const file = inFolder('wide.mp4');
  await writeVideo(file, { kind: 'h264', ...size, pixelAspect: [4, 3], pictures: pictures([0, 40]) });
  await using clip = await openClip({ file });
  assert.deepEqual({ width: clip.width, height: clip.height }, { width: 128, height: 64 });
  assert.equal((await clip.frameAt(0)).isOpaque, true);
});

test('transparency of VP9 and GIF is kept', async () => {
  const file = inFolder('alpha.webm');
  const options = { crf: 5, 'cpu-used': 8, 'auto-alt-ref': 0 };
  await writeVideo(file, { kind: 'vp9-alpha', ...size, options, pictures: pictures([0, 40, 80], 100) });
  await using clip = await openClip({ file });
  const { pixels, isOpaque } = await clip.frameAt(0.04);
  assert.equal(isOpaque, false);
  const alphaAt = (y: number) => pixels[(y * width + 48) * 4 + 3] ?? -1;
  assert.ok(alphaAt(4) > 245 && Math.abs(alphaAt(50) - 100) < 12, `${alphaAt(4)} and ${alphaAt(50)}`);
});

test('colours come out as they went in', async () => {
  const colors = [
    [255, 255, 255],
    [0, 0, 0],
    [128, 128, 128],
    [200, 30, 40],
    [20, 160, 60],
    [30, 60, 210],
  ] as const;
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let index = 0; index < width * height; index += 1) {
    pixels.set(colors[Math.floor((index % width) / 16)] ?? [], index * 4);
  }
  for (const [file, kind] of [
    ['colors.mp4', 'h264'],
    ['colors.webm', 'vp9'],
  ] as const) {
    await writeVideo(inFolder(file), {
      kind,
      ...size,
      options: { crf: 4 },
      pictures: [{ pixels, timeMs: 0 }],
    });
    for (const scale of [1, 0.5]) {
      await using clip = await openClip({ file: inFolder(file), maximumWidth: width * scale });
      const picture = await clip.frameAt(0);
      for (const [index, color] of colors.entries()) {
        const at = (Math.floor(clip.height / 2) * clip.width + (index * 16 + 8) * scale) * 4;
        const seen = [...picture.pixels.subarray(at, at + 3)];
        const isSame = seen.every((value, channel) => Math.abs(value - (color[channel] ?? 0)) <= 8);
        assert.ok(isSame, `${file} at ${scale}: ${color} became ${seen}`);
      }
    }
  }
});

test('a picture that is stored as it will be encoded comes like that, too; others have to be converted', async () => {
  const large = { width: 1280, height: 720 };
  const pixels = new Uint8Array(large.width * large.height * 4);
  for (let at = 0; at < large.width * large.height; at += 1) {
    const [x, y] = [at % large.width, Math.floor(at / large.width)];
    pixels.set([(x >> 3) & 255, (y >> 2) & 255, 200 - (x >> 4), 255], at * 4);
  }
  const file = inFolder('high.mp4');
  await writeVideo(file, { kind: 'h264', ...large, options: { crf: 4 }, pictures: [{ pixels, timeMs: 0 }] });
  await using clip = await openClip({ file });
  const { planes, ...picture } = await clip.frameAt(0);
  assert.ok(planes);
  using converter = createYuvConverter(large);
  converter.load({ x: 0, y: 0, ...large, pixels: picture.pixels });
  const expected = tightPlanes(converter.frame());
  const shown = Buffer.concat(
    Array.from({ length: large.height }, (_, row) =>
      planes.luma.subarray(row * planes.lumaStride, row * planes.lumaStride + large.width),
    ),
  );
  const { most, rms } = distance(shown, expected.luma);
  assert.ok(most <= 3 && rms < 1.5, `${most}, ${rms}`);
  for (const name of ['quarter.mp4', 'alpha.webm']) {
    const other = await openClip({ file: inFolder(name) });
    assert.equal((await other.frameAt(0)).planes, undefined, name);
    await other[Symbol.asyncDispose]();
  }
});

test('a clip is made no larger than asked for, and keeps its shape', async () => {
  const fitted = async (maximumWidth: number, maximumHeight: number) => {
    await using clip = await openClip({ file: inFolder('b-frames.mp4'), maximumWidth, maximumHeight });
    const picture = await clip.frameAt(1);
    assert.equal(picture.pixels.length, clip.width * clip.height * 4);
    return [clip.width, clip.height];
  };
  assert.deepEqual(await fitted(4_000, 4_000), [96, 64]);
  assert.deepEqual(await fitted(47, 100), [46, 32]);
  assert.deepEqual(await fitted(96, 11), [16, 10]);
  assert.deepEqual(await fitted(1, 1), [2, 2]);
});
