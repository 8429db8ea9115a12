import { createBitWriter } from './bits.ts';
import { escapeNalUnit } from './nal-units.ts';
import { type StreamFormat, widestOrderBits } from './parameter-sets.ts';

export interface SkippedPicture {
  /** frame_num: one more than that of the last reference picture. */
  readonly frameNum: number;
  /** frame_num of the picture that is shown again. */
  readonly shownFrameNum: number;
  /** pic_order_cnt_lsb. */
  readonly order: number;
}

/**
 * Makes P pictures of a stream in which every macroblock is skipped: with nothing around that moves, each is a copy of
 * its place in the picture referred to, bit for bit (ITU-T H.264, 8.4.1.1). Nothing refers to them. With emulation
 * prevention.
 */
export function createSkippedPictures(format: StreamFormat): (picture: SkippedPicture) => Buffer {
  const data = skippedMacroblocks(format.macroblockCount);
  return (picture) => escapeNalUnit(Buffer.concat([sliceHeader(picture, format), data]));
}

function sliceHeader({ frameNum, shownFrameNum, order }: SkippedPicture, format: StreamFormat): Uint8Array {
  const writer = createBitWriter();
  writer.bits(nonReferenceSlice, 8);
  writer.unsigned(0); // first_mb_in_slice
  writer.unsigned(0); // slice_type: P
  writer.unsigned(0); // pic_parameter_set_id
  writer.bits(frameNum, format.frameNumBits);
  writer.bits(order, widestOrderBits);
  writer.flag(true); // num_ref_idx_active_override_flag
  writer.unsigned(0); // num_ref_idx_l0_active_minus1
  const distance = (frameNum - shownFrameNum + 2 ** format.frameNumBits) % 2 ** format.frameNumBits;
  const isLast = distance === 1;
  writer.flag(!isLast); // ref_pic_list_modification_flag_l0
  if (!isLast) {
    writer.unsigned(0); // modification_of_pic_nums_idc: subtract
    writer.unsigned(distance - 1);
    writer.unsigned(3); // no more of them
  }
  if (format.hasWeightedPrediction) {
    writer.unsigned(0); // luma_log2_weight_denom
    writer.unsigned(0); // chroma_log2_weight_denom
    writer.bits(0, 2); // no weights
  }
  writer.unsigned(0); // cabac_init_idc
  writer.signed(highestQp - format.initialQp); // slice_qp_delta
  if (format.hasDeblockingControl) writer.unsigned(1); // disable_deblocking_filter_idc
  writer.align(1);
  return writer.bytes();
}

const nonReferenceSlice = 0x01;

/** There is nothing to be quantised; at this value the arithmetic decoder expects skipped macroblocks from the start. */
const highestQp = 51;

/**
 * slice_data (7.3.4), arithmetically coded (9.3.4.2): for each macroblock mb_skip_flag, which is set, and
 * end_of_slice_flag, which is set after the last. Each time the likelier value is coded, at the lower end of the range:
 * so all bits are zero until the end, and only their number has to be found.
 */
function skippedMacroblocks(count: number): Uint8Array {
  const writer = createBitWriter();
  let range = 510;
  let state = firstState;
  // The first bit of the coder's register is never written.
  let isFirst = true;
  const renormalise = (): void => {
    for (; range < 256; range *= 2) {
      if (!isFirst) writer.bits(0, 1);
      isFirst = false;
    }
  };
  for (let index = 0; index < count; index += 1) {
    range -= lessLikelyRange(state, (range >> 6) & 3);
    state = Math.min(state + 1, lastState);
    renormalise();
    range -= 2;
    if (index < count - 1) renormalise();
  }
  // EncodeFlush: the ten bits of the register, which stands at the upper end of what is left. The last ends the slice.
  writer.bits(range | 1, isFirst ? 9 : 10);
  writer.align(0);
  return writer.bytes();
}

/** Of the context of mb_skip_flag in P slices, 11, at `highestQp` with cabac_init_idc 0 (table 9-13). */
const firstState = ((23 * highestQp) >> 4) + 33 - 64;
const lastState = 62;

function lessLikelyRange(state: number, quarter: number): number {
  const range = lessLikelyRanges[(state - firstState) * 4 + quarter];
  if (range === undefined) throw new RangeError(`no state ${state}`);
  return range;
}

/** rangeTabLPS (table 9-44) from `firstState` to `lastState`, four to a state. */
const lessLikelyRanges = [
  ...[16, 20, 23, 27, 15, 19, 22, 25, 14, 18, 21, 24, 14, 17, 20, 23, 13, 16, 19, 22, 12, 15, 18, 21],
  ...[12, 14, 17, 20, 11, 14, 16, 19, 11, 13, 15, 18, 10, 12, 15, 17, 10, 12, 14, 16, 9, 11, 13, 15],
  ...[9, 11, 12, 14, 8, 10, 12, 14, 8, 9, 11, 13, 7, 9, 11, 12, 7, 9, 10, 12, 7, 8, 10, 11],
  ...[6, 8, 9, 11, 6, 7, 9, 10, 6, 7, 8, 9],
];
