import { type BitReader, copyBits, createBitReader, createBitWriter } from './bits.ts';
import { nalType, nalTypes } from './nal-units.ts';
import { type StreamFormat, widestOrderBits } from './parameter-sets.ts';

export interface SliceHeader {
  readonly isIdr: boolean;
  /** Whether other pictures may refer to this one. */
  readonly isReference: boolean;
  readonly frameNum: number;
  /** Position in the NAL unit of pic_order_cnt_lsb, in bits. */
  readonly orderAt: number;
  /** Position of the first bit after the header. */
  readonly end: number;
}

const sliceTypes = { p: 0, b: 1, i: 2 } as const;

/**
 * Reads slice_header (ITU-T H.264, 7.3.3) of a NAL unit without emulation prevention.
 *
 * @throws {RangeError} when it ends before its header does.
 */
export function readSliceHeader(unit: Buffer, format: StreamFormat): SliceHeader {
  const reader = createBitReader(unit, 8);
  const isIdr = nalType(unit) === nalTypes.idrSlice;
  const isReference = ((unit[0] ?? 0) & 0x60) !== 0;
  reader.unsigned(); // first_mb_in_slice
  const type = reader.unsigned() % 5;
  reader.unsigned(); // pic_parameter_set_id
  const frameNum = reader.bits(format.frameNumBits);
  if (isIdr) reader.unsigned(); // idr_pic_id
  const orderAt = reader.position();
  reader.bits(format.orderBits);
  if (type === sliceTypes.b) reader.flag(); // direct_spatial_mv_pred_flag
  if (type !== sliceTypes.i) skipReferences(reader, { type, format });
  if (isReference) skipMarking(reader, isIdr);
  if (type !== sliceTypes.i) reader.unsigned(); // cabac_init_idc
  reader.signed(); // slice_qp_delta
  if (format.hasDeblockingControl && reader.unsigned() !== 1) {
    reader.signed(); // slice_alpha_c0_offset_div2
    reader.signed(); // slice_beta_offset_div2
  }
  return { isIdr, isReference, frameNum, orderAt, end: reader.position() };
}

/** The same slice at another place in the order of pictures, with the number as long as `widestOrderBits`. */
export function withOrder(unit: Buffer, { header, format, order }: Reordering): Buffer {
  const reader = createBitReader(unit);
  const writer = createBitWriter();
  copyBits(reader, writer, header.orderAt);
  reader.bits(format.orderBits);
  writer.bits(order, widestOrderBits);
  copyBits(reader, writer, header.end);
  writer.align(1);
  return Buffer.concat([writer.bytes(), unit.subarray(Math.ceil(header.end / 8))]);
}

export interface Reordering {
  readonly header: SliceHeader;
  readonly format: StreamFormat;
  /** pic_order_cnt_lsb. */
  readonly order: number;
}

interface SliceKind {
  readonly type: number;
  readonly format: StreamFormat;
}

function skipReferences(reader: BitReader, { type, format }: SliceKind): void {
  const hasOwnCount = reader.flag();
  const count = hasOwnCount ? reader.unsigned() + 1 : format.defaultReferenceCount;
  if (hasOwnCount && type === sliceTypes.b) reader.unsigned(); // num_ref_idx_l1_active_minus1
  skipModifications(reader);
  if (type === sliceTypes.b) skipModifications(reader);
  if (type === sliceTypes.p && format.hasWeightedPrediction) skipWeights(reader, count);
}

/** ref_pic_list_modification, one list of it. */
function skipModifications(reader: BitReader): void {
  if (!reader.flag()) return;
  while (reader.unsigned() !== 3) reader.unsigned();
}

/** pred_weight_table of a P slice. */
function skipWeights(reader: BitReader, referenceCount: number): void {
  reader.unsigned(); // luma_log2_weight_denom
  reader.unsigned(); // chroma_log2_weight_denom
  for (let index = 0; index < referenceCount; index += 1) {
    const lumaNumbers = reader.flag() ? 2 : 0;
    for (let left = lumaNumbers; left > 0; left -= 1) reader.signed();
    const chromaNumbers = reader.flag() ? 4 : 0;
    for (let left = chromaNumbers; left > 0; left -= 1) reader.signed();
  }
}

/** dec_ref_pic_marking. */
function skipMarking(reader: BitReader, isIdr: boolean): void {
  if (isIdr) {
    reader.bits(2);
    return;
  }
  if (!reader.flag()) return;
  for (let operation = reader.unsigned(); operation !== 0; operation = reader.unsigned()) {
    if (operation !== 5) reader.unsigned();
    if (operation === 3) reader.unsigned();
  }
}
