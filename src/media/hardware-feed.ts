import {
  AV_HWDEVICE_TYPE_VAAPI,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_VAAPI,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
} from 'node-av/constants';
import {
  type CodecContext,
  Frame,
  HardwareDeviceContext,
  HardwareFramesContext,
  SoftwareScaleContext,
} from 'node-av/lib';
import { check } from './ffmpeg.ts';
import { familyOf, type HardwareEncoder } from './hardware-encoders.ts';

/** Brings pictures to where an encoder takes them. */
export interface PictureFeed extends Disposable {
  /** The same picture as the encoder wants it, without its times. The frame is the feed's own. */
  prepare(frame: Frame): Promise<Frame>;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** For encoders that take pictures as they are. */
export const plainFeed: PictureFeed = {
  prepare: async (frame) => frame,
  [Symbol.dispose]: () => undefined,
};

/**
 * Connects an encoder that is not yet open with its device, if it needs one. NVIDIA's and Apple's take pictures from
 * memory as they are; Intel's want the two colours interleaved; VAAPI wants that on the card.
 */
export function connectHardware(context: CodecContext, encoder: HardwareEncoder, size: Size): PictureFeed {
  const family = familyOf(encoder);
  if (family === 'nvenc' || family === 'videotoolbox') return plainFeed;
  using resources = new DisposableStack();
  const interleaved = resources.use(createInterleaver(size));
  context.pixelFormat = AV_PIX_FMT_NV12;
  const feed = family === 'qsv' ? interleaved : createUpload(context, { interleaved, size, resources });
  const kept = resources.move();
  return { prepare: (frame) => feed.prepare(frame), [Symbol.dispose]: () => kept.dispose() };
}

function createInterleaver({ width, height }: Size): PictureFeed {
  const nv12 = new Frame();
  nv12.alloc();
  nv12.width = width;
  nv12.height = height;
  nv12.format = AV_PIX_FMT_NV12;
  nv12.colorSpace = AVCOL_SPC_BT709;
  nv12.colorRange = AVCOL_RANGE_MPEG;
  nv12.colorPrimaries = AVCOL_PRI_BT709;
  nv12.colorTrc = AVCOL_TRC_BT709;
  check(nv12.getBuffer(0), 'allocate a frame');
  const scaler = new SoftwareScaleContext();
  scaler.allocContext();
  return {
    prepare: async (frame) => {
      // The encoder may still hold the last picture.
      check(nv12.makeWritable(), 'reuse a frame');
      check(await scaler.scaleFrame(nv12, frame), 'interleave the colours');
      return nv12;
    },
    [Symbol.dispose]: () => {
      scaler.freeContext();
      nv12.free();
    },
  };
}

interface Uploading {
  readonly interleaved: PictureFeed;
  readonly size: Size;
  readonly resources: DisposableStack;
}

function createUpload(context: CodecContext, { interleaved, size, resources }: Uploading): PictureFeed {
  const device = resources.adopt(new HardwareDeviceContext(), (one) => one.free());
  check(device.create(AV_HWDEVICE_TYPE_VAAPI), 'open a VAAPI device');
  const surfaces = resources.adopt(new HardwareFramesContext(), (one) => one.free());
  surfaces.format = AV_PIX_FMT_VAAPI;
  surfaces.swFormat = AV_PIX_FMT_NV12;
  surfaces.width = size.width;
  surfaces.height = size.height;
  surfaces.initialPoolSize = poolSize;
  surfaces.alloc(device);
  check(surfaces.init(), 'allocate pictures on the card');
  context.pixelFormat = AV_PIX_FMT_VAAPI;
  context.hwFramesCtx = surfaces;
  const uploaded = resources.adopt(new Frame(), (one) => one.free());
  uploaded.alloc();
  return {
    prepare: async (frame) => {
      uploaded.unref();
      check(surfaces.getBuffer(uploaded), 'get a picture on the card');
      check(await surfaces.transferData(uploaded, await interleaved.prepare(frame)), 'upload a picture');
      return uploaded;
    },
    [Symbol.dispose]: () => undefined,
  };
}

/** Pictures the encoder may hold at one time, with some to spare. */
const poolSize = 20;
