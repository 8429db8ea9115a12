import { AV_SAMPLE_FMT_FLT, FF_ENCODER_LIBOPUS } from 'node-av/constants';
import { encodeSound } from './encode-sound.ts';

/**
 * Encodes a programme as Opus, 48 kHz stereo, about 160 kb/s, into an Ogg file, whose times are exact to the sample: it is
 * played from the programme's first sample to its last.
 *
 * @param blocks interleaved stereo samples, in blocks of any length.
 */
export async function writeOpusFile(file: string, blocks: AsyncIterable<Float32Array>): Promise<void> {
  await encodeSound(file, blocks, {
    encoder: FF_ENCODER_LIBOPUS,
    container: 'ogg',
    sampleFormat: AV_SAMPLE_FMT_FLT,
    bitsPerSecond: 160_000,
    options: { application: 'audio', frame_duration: 20 },
  });
}
