import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AV_LOG_FATAL } from 'node-av/constants';
import { Log, Packet } from 'node-av/lib';
import { openChunk } from '../../src/media/chunk-packets.ts';
import { encodeVideoChunk } from '../../src/media/encode-video-chunk.ts';
import type { Preset } from '../../src/media/encoder-options.ts';
import { repeatingEncoder } from '../../src/media/repeating-encoder.ts';
import { openVideoEncoder, type VideoEncoder } from '../../src/media/video-encoder.ts';
import { createYuvConverter } from '../../src/media/yuv-converter.ts';
import { decodeStrictly, type EncodedPacket } from './support/decode-strictly.ts';
import { drawNumbered, height, width } from './support/numbered-frames.ts';
import { workFolder } from './support/work-folder.ts';

Log.setLevel(AV_LOG_FATAL);
const inFolder = await workFolder();
const fps = 30;
/** A keyframe at least every two seconds. */
const gopFrames = 60;

/** How many frames each picture is shown. */
const shows = {
  'everything moves': Array.from({ length: 70 }, () => 1),
  'one picture all the time': [130],
  'words that light up': Array.from({ length: 20 }, (_, index) => 4 + (index % 9)),
  'rests between movements': [1, 1, 1, 1, 9, 1, 1, 30, 2, 1, 1, 1, 70, 3, 1, 1, 40, 1],
  'longer than picture numbers without widening': [1, 59, 1, 58, 3],
  'a movement to the end': [50, ...Array.from({ length: 14 }, () => 1)],
  'every second frame': Array.from({ length: 40 }, () => 2),
} as const;

for (const preset of ['superfast', 'veryfast', 'medium', 'slow'] as const) {
  for (const [name, counts] of Object.entries(shows)) {
    test(`${preset}, ${name}: the decoder gets each picture as x264 made it, for as long as it is shown`, async () => {
      const { own, all } = await encodeBothWays(counts, preset);
      const pictures = await decodeStrictly(all.parameters, all.packets);
      const distinct = await decodeStrictly(own.parameters, own.packets);
      const frameCount = counts.reduce((sum, count) => sum + count, 0);
      assert.deepEqual(
        pictures.map(({ pts }) => pts),
        Array.from({ length: frameCount }, (_, index) => index),
      );
      const starts = startsOf(counts);
      assert.equal(distinct.length, starts.length);
      for (const [index, start] of starts.entries()) {
        const end = starts[index + 1] ?? frameCount;
        for (let frame = start; frame < end; frame += 1) {
          const isSame = pictures[frame]?.planes.equals(distinct[index]?.planes ?? Buffer.alloc(0));
          assert.ok(isSame, `frame ${frame} is not picture ${index}`);
        }
      }
    });
  }
}

/** Where pictures are handed to x264: where they change, and where a keyframe is due. */
function startsOf(counts: readonly number[]): number[] {
  let frame = 0;
  const starts = counts.map((count) => {
    frame += count;
    return frame - count;
  });
  const keyframes = Array.from({ length: Math.ceil(frame / gopFrames) }, (_, index) => index * gopFrames);
  return [...new Set([...starts, ...keyframes])].sort((one, other) => one - other);
}

test('decoding times count up, no frame is shown before it is decoded, and a keyframe comes every two seconds', async () => {
  for (const counts of Object.values(shows)) {
    const { packets } = (await encodeBothWays(counts, 'veryfast')).all;
    const first = packets[0]?.dts ?? 0;
    assert.deepEqual(
      packets.map(({ dts }) => dts - first),
      packets.map((_, index) => index),
    );
    assert.ok(packets.every(({ pts, dts }) => pts >= dts));
    for (let frame = 0; frame < packets.length; frame += gopFrames)
      assert.ok(packets.find(({ pts }) => pts === frame)?.isKeyframe, `frame ${frame}`);
  }
});

test('a picture that is shown again takes next to no bytes, at any size', async () => {
  for (const [wide, high, largest] of [
    [32, 32, 20],
    [1920, 1080, 90],
    [3840, 2160, 260],
  ] as const) {
    const pixels = new Uint8Array(wide * high * 4).fill(120);
    const file = inFolder(`${wide}.mp4`);
    const chunk = { file, frameCount: 20 };
    await encodeVideoChunk({ ...chunk, width: wide, height: high, fps, drawFrame: () => pixels });
    await using opened = await openChunk(chunk, fps);
    const sizes: number[] = [];
    for await (const packet of opened.packets()) sizes.push(packet.size);
    assert.ok(
      sizes.slice(1).every((size) => size < largest),
      `${wide}: ${sizes}`,
    );
  }
});

test('encoders whose streams are of another kind see every frame', async () => {
  for (const choice of [{ preset: 'ultrafast', codec: 'h264' }, { codec: 'hevc' }] as const) {
    using encoder = await openVideoEncoder({ ...choice, width, height, fps, threads: 1 });
    assert.equal(repeatingEncoder(encoder), encoder);
  }
});

interface Stream {
  readonly parameters: ReturnType<VideoEncoder['parameters']>;
  readonly packets: readonly EncodedPacket[];
}

/** @returns what x264 wrote, and what became of it. */
async function encodeBothWays(
  counts: readonly number[],
  preset: Preset,
): Promise<{ readonly own: Stream; readonly all: Stream }> {
  const plain = await openVideoEncoder({ codec: 'h264', preset, width, height, fps, threads: 1 });
  const ownPackets: EncodedPacket[] = [];
  using encoder = repeatingEncoder({
    ...plain,
    receive: async (packet) => {
      const isThere = await plain.receive(packet);
      if (isThere) ownPackets.push(copyOf(packet));
      return isThere;
    },
  });
  const packets: EncodedPacket[] = [];
  using packet = new Packet();
  packet.alloc();
  const drain = async () => {
    while (await encoder.receive(packet)) packets.push(copyOf(packet));
  };
  using converter = createYuvConverter({ width, height });
  let index = 0;
  for (const [picture, count] of counts.entries()) {
    converter.load({ x: 0, y: 0, width, height, pixels: drawNumbered(picture) });
    for (let left = count; left > 0; left -= 1, index += 1) {
      await encoder.send(converter.frame(), index);
      await drain();
    }
  }
  await encoder.end();
  await drain();
  const own = { parameters: plain.parameters(), packets: ownPackets };
  return { own, all: { parameters: encoder.parameters(), packets } };
}

function copyOf({ data, pts, dts, isKeyframe }: Packet): EncodedPacket {
  return { data: Buffer.from(data ?? []), pts: Number(pts), dts: Number(dts), isKeyframe };
}
