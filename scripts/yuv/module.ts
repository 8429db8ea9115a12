import wabt from 'wabt';
import { convert, convertOver } from './convert.ts';
import { blendRow, fadeRows, mixRows, sampleRow } from './ground.ts';

/**
 * The WebAssembly that makes the encoder's pictures, as a binary: BT.709 limited-range 4:2:0. It works on sixteen samples at a
 * time and with whole numbers only, so every machine makes the same bytes. Exports `memory` and the functions.
 */
export async function yuvModule(): Promise<Uint8Array> {
  const { parseWat } = await wabt();
  const functions = [convert(), convertOver(), sampleRow(), mixRows(), blendRow(), fadeRows()];
  const source = `(module (memory (export "memory") 1) ${functions.join('\n')})`;
  const parsed = parseWat('yuv.wat', source, { simd: true });
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}
