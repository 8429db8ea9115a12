import {
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
} from 'node-av/constants';
import { Frame } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';
import { joined, noRows, type Rows, type Size, type Strides } from './planes.ts';
import type { Planes } from './yuv-module.ts';

/** A picture for the encoder, which is told what of it is old. */
export interface OpenFrame {
  readonly frame: Frame;
  strides(): Strides;
  /** Says that these rows were converted anew: no others are looked at and copied. */
  age(rows: Rows): void;
  /** Whether it has the planes as they are now. */
  shows(memory: Uint8Array, at: Planes): boolean;
  fill(memory: Uint8Array, at: Planes): void;
}

export function openFrame({ width, height }: Size): OpenFrame {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = AV_PIX_FMT_YUV420P;
  frame.colorSpace = AVCOL_SPC_BT709;
  frame.colorRange = AVCOL_RANGE_MPEG;
  frame.colorPrimaries = AVCOL_PRI_BT709;
  frame.colorTrc = AVCOL_TRC_BT709;
  check(frame.getBuffer(0), 'allocate a frame');
  let planes = planesOf(frame);
  let old: Rows = { from: 0, to: height };
  /** Of each plane, what may be old: in the memory, and where it is in the frame. */
  const oldParts = (memory: Uint8Array, { luma, lumaStride, blue, red, chromaStride }: Planes) =>
    [
      { start: luma, stride: lumaStride },
      { start: blue, stride: chromaStride / 2 },
      { start: red, stride: chromaStride / 2 },
    ].map(({ start, stride }, plane) => {
      const [first, end] = [old.from * stride, old.to * stride];
      return { first, part: memory.subarray(start + first, start + end), plane: planes[plane] };
    });
  return {
    frame,
    strides: () => ({
      lumaStride: required(frame.linesize[0], 'stride'),
      chromaStride: required(frame.linesize[1], 'stride'),
    }),
    age: (rows) => {
      old = joined(old, rows);
    },
    shows: (memory, at) => {
      const isSame = oldParts(memory, at).every(({ first, part, plane }) =>
        plane?.subarray(first, first + part.length).equals(part),
      );
      if (isSame) old = noRows;
      return isSame;
    },
    fill: (memory, at) => {
      if (!frame.isWritable) {
        // The encoder still holds the picture: this one goes on in fresh memory.
        check(frame.makeWritable(), 'reuse a frame');
        planes = planesOf(frame);
      }
      for (const { first, part, plane } of oldParts(memory, at)) plane?.set(part, first);
      old = noRows;
    },
  };
}

function planesOf({ data }: Frame): readonly [Buffer, Buffer, Buffer] {
  const plane = (index: number) => required(data?.[index], 'plane');
  return [plane(0), plane(1), plane(2)];
}
