import { type BitReader, copyBits, createBitReader, createBitWriter } from './bits.ts';
import {
  escapeNalUnit,
  joinNalUnits,
  nalType,
  nalTypes,
  splitNalUnits,
  unescapeNalUnit,
} from './nal-units.ts';

/** What a stream's parameter sets say about its slices: only what `slice-header.ts` and `skipped-picture.ts` need. */
export interface StreamFormat {
  readonly macroblockCount: number;
  /** Length of frame_num. */
  readonly frameNumBits: number;
  /** Length of pic_order_cnt_lsb. */
  readonly orderBits: number;
  /** Of a P slice that does not say how many. */
  readonly defaultReferenceCount: number;
  readonly hasWeightedPrediction: boolean;
  readonly initialQp: number;
  readonly hasDeblockingControl: boolean;
}

/** Pictures are told apart over this many frames on either side, halved: far more than a chunk has. */
export const widestOrderBits = 16;

/**
 * Reads an H.264 stream's headers (annex B).
 *
 * @returns undefined when its slices are of another kind than x264 makes from its preset `superfast` on, with neither
 * implicit weights nor fields: CABAC, frames only, pictures ordered by a number in each slice.
 */
export function readStreamFormat(headers: Buffer): StreamFormat | undefined {
  const units = splitNalUnits(headers);
  const sequence = units.find((unit) => nalType(unit) === nalTypes.sequenceParameters);
  const picture = units.find((unit) => nalType(unit) === nalTypes.pictureParameters);
  if (sequence === undefined || picture === undefined) return undefined;
  const fromSequence = readSequence(unescapeNalUnit(sequence));
  const fromPicture = readPicture(unescapeNalUnit(picture));
  return fromSequence === undefined || fromPicture === undefined
    ? undefined
    : { ...fromSequence, ...fromPicture };
}

/** The same headers, with pic_order_cnt_lsb as long as `widestOrderBits`. */
export function widenOrder(headers: Buffer): Buffer {
  return joinNalUnits(
    splitNalUnits(headers).map((unit) =>
      nalType(unit) === nalTypes.sequenceParameters
        ? escapeNalUnit(withWideOrder(unescapeNalUnit(unit)))
        : unit,
    ),
  );
}

type SequenceFormat = Pick<StreamFormat, 'macroblockCount' | 'frameNumBits' | 'orderBits'>;

/** seq_parameter_set_data, 7.3.2.1.1. */
function readSequence(unit: Buffer): SequenceFormat | undefined {
  const reader = createBitReader(unit, 8);
  if (!skipToFrameNum(reader)) return undefined;
  const frameNumBits = reader.unsigned() + 4;
  const orderType = reader.unsigned();
  if (orderType !== 0) return undefined;
  const orderBits = reader.unsigned() + 4;
  reader.unsigned(); // max_num_ref_frames
  reader.flag(); // gaps_in_frame_num_value_allowed_flag
  const macroblockCount = (reader.unsigned() + 1) * (reader.unsigned() + 1);
  const hasFramesOnly = reader.flag();
  return hasFramesOnly ? { macroblockCount, frameNumBits, orderBits } : undefined;
}

/** @returns false for what x264 does not make of 4:2:0 pictures of 8 bits. */
function skipToFrameNum(reader: BitReader): boolean {
  const profile = reader.bits(8);
  reader.bits(16); // constraints and level
  reader.unsigned(); // seq_parameter_set_id
  if (profile === mainProfile) return true;
  const chroma = reader.unsigned();
  reader.unsigned(); // bit_depth_luma_minus8
  reader.unsigned(); // bit_depth_chroma_minus8
  reader.flag(); // qpprime_y_zero_transform_bypass_flag
  const hasScalingMatrix = reader.flag();
  return profile === highProfile && chroma === chroma420 && !hasScalingMatrix;
}

const mainProfile = 77;
const highProfile = 100;
const chroma420 = 1;

function withWideOrder(unit: Buffer): Buffer {
  const reader = createBitReader(unit);
  const writer = createBitWriter();
  const scout = createBitReader(unit, 8);
  skipToFrameNum(scout);
  scout.unsigned(); // log2_max_frame_num_minus4
  scout.unsigned(); // pic_order_cnt_type
  copyBits(reader, writer, scout.position());
  reader.unsigned();
  writer.unsigned(widestOrderBits - 4);
  copyBits(reader, writer, lastOne(unit) + 1);
  writer.align(0);
  return Buffer.from(writer.bytes());
}

/** The position of the last bit that is set: where the payload of a NAL unit ends. */
function lastOne(unit: Buffer): number {
  const byte = unit.findLastIndex((value) => value !== 0);
  return byte * 8 + 7 - Math.log2((unit[byte] ?? 0) & -(unit[byte] ?? 0));
}

type PictureFormat = Omit<StreamFormat, keyof SequenceFormat>;

/** pic_parameter_set_rbsp, 7.3.2.2. */
function readPicture(unit: Buffer): PictureFormat | undefined {
  const reader = createBitReader(unit, 8);
  reader.unsigned(); // pic_parameter_set_id
  reader.unsigned(); // seq_parameter_set_id
  const hasCabac = reader.flag();
  const hasFieldOrder = reader.flag();
  const hasSliceGroups = reader.unsigned() > 0;
  const defaultReferenceCount = reader.unsigned() + 1;
  reader.unsigned(); // num_ref_idx_l1_default_active_minus1
  const hasWeightedPrediction = reader.flag();
  const bipredictionWeights = reader.bits(2);
  const initialQp = reader.signed() + 26;
  reader.signed(); // pic_init_qs_minus26
  reader.signed(); // chroma_qp_index_offset
  const hasDeblockingControl = reader.flag();
  reader.flag(); // constrained_intra_pred_flag
  const hasRedundantPictures = reader.flag();
  const isOther = hasFieldOrder || hasSliceGroups || bipredictionWeights !== 0 || hasRedundantPictures;
  if (!hasCabac || isOther) return undefined;
  return { defaultReferenceCount, hasWeightedPrediction, initialQp, hasDeblockingControl };
}
