import {
  escapeNalUnit,
  joinNalUnits,
  nalType,
  nalTypes,
  splitNalUnits,
  unescapeNalUnit,
} from './nal-units.ts';
import { readStreamFormat, type StreamFormat, widenOrder, widestOrderBits } from './parameter-sets.ts';
import { createSkippedPictures } from './skipped-picture.ts';
import { readSliceHeader, withOrder } from './slice-header.ts';

/** Puts pictures that are shown again into an H.264 stream of which the encoder saw every picture once. */
export interface RepeatedPictures {
  /** The stream's headers. */
  readonly headers: Buffer;
  /** The encoder's next packet, in decoding order, with its place among all frames that are shown. */
  encoded(packet: Buffer, frame: number): Buffer;
  /**
   * A packet that shows the latest picture again. It must be a reference (I or P), and all that are shown before it
   * must have been decoded.
   */
  repeated(frame: number): Buffer;
}

/** @returns undefined for streams that are not as `readStreamFormat` says. */
export function repeatPictures(headers: Buffer): RepeatedPictures | undefined {
  const format = readStreamFormat(headers);
  return format && repeatPicturesOf(format, headers);
}

function repeatPicturesOf(format: StreamFormat, headers: Buffer): RepeatedPictures {
  const skippedPicture = createSkippedPictures(format);
  let idrFrame = 0;
  let lastFrameNum = 0;
  /** The reference picture that is shown last of all so far. */
  let latest = { frame: 0, frameNum: 0 };
  const orderOf = (frame: number): number => ((frame - idrFrame) * 2) % 2 ** widestOrderBits;
  const reordered = (unit: Buffer, frame: number): Buffer => {
    const raw = unescapeNalUnit(unit);
    const header = readSliceHeader(raw, format);
    const { isIdr, isReference, frameNum } = header;
    if (isIdr) idrFrame = frame;
    if (isReference) lastFrameNum = frameNum;
    if (isReference && (isIdr || frame > latest.frame)) latest = { frame, frameNum };
    return escapeNalUnit(withOrder(raw, { header, format, order: orderOf(frame) }));
  };
  return {
    headers: widenOrder(headers),
    encoded: (packet, frame) =>
      joinNalUnits(splitNalUnits(packet).map((unit) => (isSlice(unit) ? reordered(unit, frame) : unit))),
    repeated: (frame) => {
      const frameNum = (lastFrameNum + 1) % 2 ** format.frameNumBits;
      const order = orderOf(frame);
      return joinNalUnits([skippedPicture({ frameNum, shownFrameNum: latest.frameNum, order })]);
    },
  };
}

function isSlice(unit: Buffer): boolean {
  const type = nalType(unit);
  return type === nalTypes.slice || type === nalTypes.idrSlice;
}
