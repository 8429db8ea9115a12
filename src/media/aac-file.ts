import { AV_PROFILE_AAC_LOW, AV_SAMPLE_FMT_FLTP, FF_ENCODER_AAC } from 'node-av/constants';
import { encodeSound } from './encode-sound.ts';

/**
 * Encodes a programme as AAC-LC, 48 kHz stereo, 192 kb/s, into an M4A. The encoder's 1024 samples of run-up are cut off
 * by the file's edit list, so the first sample that is heard is the first of the programme.
 *
 * @param blocks interleaved stereo samples, in blocks of any length.
 */
export async function writeAacFile(file: string, blocks: AsyncIterable<Float32Array>): Promise<void> {
  await encodeSound(file, blocks, {
    encoder: FF_ENCODER_AAC,
    container: 'mp4',
    sampleFormat: AV_SAMPLE_FMT_FLTP,
    bitsPerSecond: 192_000,
    profile: AV_PROFILE_AAC_LOW,
  });
}
