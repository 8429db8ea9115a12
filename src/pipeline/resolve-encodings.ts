import { type EncoderChoice, findHardwareEncoder } from '../media/index.ts';
import type { Video, Warning } from '../protocol/index.ts';
import type { ChunkEncoding } from './views.ts';

/** How a chunk is encoded, with the encoder decided. */
export type ResolvedEncoding = Pick<EncoderChoice, 'codec' | 'quality' | 'speed' | 'hardwareEncoder'>;

/** Decides the encoder of each: the machine's own where that is wished and works, else the software's, with a warning. */
export async function resolveEncodings(
  encodings: readonly ChunkEncoding[],
  video: Video,
  signal: AbortSignal,
): Promise<{ readonly encodings: ResolvedEncoding[]; readonly warnings: Warning[] }> {
  const warnings: Warning[] = [];
  const resolved: ResolvedEncoding[] = [];
  for (const { codec, quality, speed, hardware } of encodings) {
    const software = { codec, quality, speed };
    if (!hardware) {
      resolved.push(software);
      continue;
    }
    const { encoder, refused } = await findHardwareEncoder({ ...video, codec, signal });
    resolved.push(encoder === undefined ? software : { ...software, hardwareEncoder: encoder });
    if (encoder !== undefined) continue;
    const tried = refused.map((one) => `${one.encoder}: ${one.reason}`).join(' ');
    const message = `No hardware encoder for ${codec} works on this machine, so software is used. ${tried}`;
    warnings.push({ code: 'hardware_unavailable', message });
  }
  return { encodings: resolved, warnings };
}
