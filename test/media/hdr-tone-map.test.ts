import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P10LE,
  AVCOL_PRI_BT2020,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
  FF_ENCODER_LIBX265,
} from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FormatContext, Frame, Packet, Rational } from 'node-av/lib';
import { openClip } from '../../src/media/clip-reader.ts';
import { check, required } from '../../src/media/ffmpeg.ts';
import { receiveInto } from '../../src/media/receive.ts';
import { workFolder } from './support/work-folder.ts';

const inFolder = await workFolder();
const size = { width: 128, height: 64 };

type Transfer = typeof AVCOL_TRC_SMPTE2084 | typeof AVCOL_TRC_ARIB_STD_B67;

/** PQ (SMPTE ST 2084): the signal, 0 to 1, of a brightness in cd/m². */
function pq(nits: number): number {
  const y = (nits / 10_000) ** 0.159_301_757_812_5;
  return ((0.835_937_5 + 18.851_562_5 * y) / (1 + 18.687_5 * y)) ** 78.843_75;
}

/** Stripes from left to right: black, a shadow, skin, white paper, and two highlights. */
const nits = [0, 5, 60, 203, 500, 1000];
const stripes = {
  pq: { transfer: AVCOL_TRC_SMPTE2084, signals: nits.map(pq) },
  // Of a screen of 1000 cd/m², as ITU-R BT.2100 has it: 75 % is white paper.
  hlg: { transfer: AVCOL_TRC_ARIB_STD_B67, signals: [0, 0.19, 0.52, 0.75, 0.89, 1] },
} as const;

for (const [name, { transfer, signals }] of Object.entries(stripes)) {
  test(`${name}: what is darker than paper looks as it does on a screen, and highlights can be told apart`, async () => {
    const file = inFolder(`${name}.mp4`);
    await writeHdr(file, signals, transfer);
    await using clip = await openClip({ file });
    const { pixels } = await clip.frameAt(0);
    const greys = signals.map((_, index) => pixels[(32 * size.width + middleOf(index)) * 4] ?? -1);
    assert.deepEqual((await clip.frameAt(0.04)).pixels.slice(0, 4), pixels.slice(0, 4));
    const [black = 255, shadow = 0, skin = 0, paper = 0, bright = 0, brightest = 0] = greys;
    const seen = greys.join(', ');
    assert.ok(black <= 2, seen);
    // sRGB of 5 and 60 in 203 cd/m²: 43 and 147.
    assert.ok(Math.abs(shadow - 43) < 12, seen);
    assert.ok(Math.abs(skin - 147) < 12, seen);
    assert.ok(paper > 200 && paper < 230, seen);
    assert.ok(bright - paper > 15 && brightest - bright > 6 && brightest > 245, seen);
  });
}

/** Each is 20 pixels wide; the last takes what is left. */
const middleOf = (stripe: number) => stripe * 20 + 10;

/** Two pictures of grey stripes, as phones write them: HEVC of 10 bits. */
async function writeHdr(file: string, signals: readonly number[], transfer: Transfer): Promise<void> {
  using encoder = await openEncoder(transfer);
  const context = new FormatContext();
  check(context.allocOutputContext2(null, null, file), 'set up the file');
  const stream = context.newStream();
  check(stream.codecpar.fromContext(encoder), 'describe the stream');
  stream.timeBase = encoder.timeBase;
  check(await context.openOutput(), 'create the file');
  check(await context.writeHeader(), 'write the header');
  using packet = new Packet();
  packet.alloc();
  for (const pts of [0n, 1n, undefined]) {
    using frame = pts === undefined ? null : stripesAt(pts, signals);
    check(encoder.sendFrameSync(frame), 'encode');
    while (await receiveInto(packet, (target) => encoder.receivePacketSync(target))) {
      packet.streamIndex = 0;
      packet.duration = 1n;
      packet.rescaleTs(encoder.timeBase, stream.timeBase);
      check(await context.interleavedWriteFrame(packet), 'write');
    }
  }
  check(await context.writeTrailer(), 'end the file');
  await context.closeOutput();
  context.freeContext();
}

async function openEncoder(transfer: Transfer): Promise<CodecContext> {
  const codec = required(Codec.findEncoderByName(FF_ENCODER_LIBX265), 'x265');
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  Object.assign(encoder, { ...size, pixelFormat: AV_PIX_FMT_YUV420P10LE, threadCount: 1 });
  Object.assign(encoder, { timeBase: new Rational(1, 25), framerate: new Rational(25, 1) });
  encoder.colorSpace = AVCOL_SPC_BT2020_NCL;
  encoder.colorPrimaries = AVCOL_PRI_BT2020;
  encoder.colorTrc = transfer;
  encoder.colorRange = AVCOL_RANGE_MPEG;
  encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  // Of a video this short x265 gives decoding times only when it puts nothing out of order.
  using options = Dictionary.fromObject({ 'x265-params': 'log-level=none:bframes=0', crf: 4 });
  check(await encoder.open2(codec, options), 'open the encoder');
  return encoder;
}

function stripesAt(pts: bigint, signals: readonly number[]): Frame {
  const frame = new Frame();
  frame.alloc();
  Object.assign(frame, { ...size, format: AV_PIX_FMT_YUV420P10LE, pts });
  check(frame.getBuffer(0), 'allocate a picture');
  for (const [plane, bytes] of (frame.data ?? []).slice(0, 3).entries()) {
    const stride = required(frame.linesize[plane], 'row length');
    for (let at = 0; at + 1 < bytes.length; at += 2) {
      const stripe = Math.min(signals.length - 1, Math.floor((at % stride) / 2 / 20));
      bytes.writeUInt16LE(plane === 0 ? Math.round(64 + 876 * (signals[stripe] ?? 0)) : 512, at);
    }
  }
  return frame;
}
