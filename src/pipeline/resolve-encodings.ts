import { type EncoderChoice, findHardwareEncoder, type HardwareEncoder } from '../media/index.ts';
import type { Codec, Video, Warning } from '../protocol/index.ts';
import type { Machines } from './stage.ts';
import type { ChunkEncoding } from './views.ts';

/** How a chunk is encoded, with the encoder decided. */
export type ResolvedEncoding = Pick<EncoderChoice, 'codec' | 'quality' | 'speed' | 'hardwareEncoder'>;

/**
 * Decides the encoder of each: the machine's own where that is wished and works, else the software's, with a warning.
 * Chunks from the cards of several machines would not fit together, so there it is always the software's.
 */
export async function resolveEncodings(
  encodings: readonly ChunkEncoding[],
  where: { readonly video: Video; readonly machines: Machines; readonly signal: AbortSignal },
): Promise<{ readonly encodings: ResolvedEncoding[]; readonly warnings: Warning[] }> {
  const warnings: Warning[] = [];
  const resolved: ResolvedEncoding[] = [];
  for (const { codec, quality, speed, hardware } of encodings) {
    const software = { codec, quality, speed };
    if (!hardware) {
      resolved.push(software);
      continue;
    }
    const { encoder, whyNone } = await findEncoder(codec, where);
    resolved.push(encoder === undefined ? software : { ...software, hardwareEncoder: encoder });
    if (encoder === undefined) warnings.push({ code: 'hardware_unavailable', message: whyNone });
  }
  return { encodings: resolved, warnings };
}

async function findEncoder(
  codec: Codec,
  { video, machines, signal }: Parameters<typeof resolveEncodings>[1],
): Promise<{ readonly encoder?: HardwareEncoder | undefined; readonly whyNone: string }> {
  if (machines === 'many') {
    const whyNone = `Several machines may share this work, and what their hardware makes does not fit together, so software is used for ${codec}.`;
    return { whyNone };
  }
  const { encoder, refused } = await findHardwareEncoder({ ...video, codec, signal });
  const tried = refused.map((one) => `${one.encoder}: ${one.reason}`).join(' ');
  const whyNone = `No hardware encoder for ${codec} works on this machine, so software is used. ${tried}`;
  return { encoder, whyNone };
}
