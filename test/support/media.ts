import { writeFile } from 'node:fs/promises';
import { decodeAudio as decodeBlocks } from '../../src/media/decode-audio.ts';
import { type DecodedPicture, decodePictures } from '../../src/media/decode-video.ts';

/** The frames of an MP4 in the order they are shown: those asked for, or all. Missing ones are simply not there. */
export async function decodeVideoFrames(
  file: string,
  { at }: { at?: readonly number[] } = {},
): Promise<DecodedPicture[]> {
  const wanted = at === undefined ? undefined : new Set(at);
  const last = at === undefined ? Number.POSITIVE_INFINITY : Math.max(...at);
  const pictures: DecodedPicture[] = [];
  for await (const picture of decodePictures(file, at === undefined ? 0 : Math.min(...at))) {
    if (wanted === undefined || wanted.has(picture.index)) pictures.push(picture);
    if (picture.index >= last) break;
  }
  return pictures;
}

/** Red, green and blue of one pixel, 0 to 255. */
export function pixelAt({ width, pixels }: DecodedPicture, x: number, y: number): [number, number, number] {
  const start = (y * width + x) * 4;
  return [pixels[start] ?? 0, pixels[start + 1] ?? 0, pixels[start + 2] ?? 0];
}

/** All of a file's sound at 48 kHz, as a player hears it: left and right. */
export async function decodeAudio(file: string): Promise<[Float32Array, Float32Array]> {
  const blocks: Float32Array[] = [];
  for await (const block of decodeBlocks({ file, channels: 2 })) blocks.push(block);
  const count = blocks.reduce((sum, block) => sum + block.length / 2, 0);
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  let position = 0;
  for (const block of blocks) {
    for (let index = 0; index < block.length; index += 2, position += 1) {
      left[position] = block[index] ?? 0;
      right[position] = block[index + 1] ?? 0;
    }
  }
  return [left, right];
}

/** Index of the first sample above a share of the highest one, or -1: where a sound begins. */
export function onsetSample(
  samples: Float32Array,
  { from = 0, to = samples.length, share = 0.1 } = {},
): number {
  const part = samples.subarray(from, to);
  const highest = part.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  const index = highest === 0 ? -1 : part.findIndex((sample) => Math.abs(sample) >= highest * share);
  return index < 0 ? -1 : index + from;
}

/** Root mean square of some samples, in dB of full scale. */
export function levelDb(samples: Float32Array, from = 0, to = samples.length): number {
  const part = samples.subarray(from, to);
  const sum = part.reduce((total, sample) => total + sample * sample, 0);
  return 10 * Math.log10(Math.max(sum / part.length, 1e-12));
}

/** Writes samples (interleaved when there are several channels) as a 32-bit float WAV. */
export async function writeWav(
  file: string,
  samples: Float32Array,
  { sampleRate, channels = 1 }: { sampleRate: number; channels?: number },
): Promise<void> {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(3, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * channels * 4, 28);
  header.writeUInt16LE(channels * 4, 32);
  header.writeUInt16LE(32, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  await writeFile(file, Buffer.concat([header, data]));
}

/** A tone. @param durationSeconds may be any length; `amplitude` is its peak. */
export function sine(tone: {
  frequencyHz: number;
  amplitude: number;
  durationSeconds: number;
  sampleRate: number;
}): Float32Array {
  const step = (2 * Math.PI * tone.frequencyHz) / tone.sampleRate;
  return Float32Array.from(
    { length: Math.round(tone.durationSeconds * tone.sampleRate) },
    (_, index) => tone.amplitude * Math.sin(step * index),
  );
}

/** Something with the shape of speech at 22 050 Hz: a buzz in syllables and pauses, the same every time. */
export function speechLike({
  durationSeconds,
  amplitude,
}: {
  durationSeconds: number;
  amplitude: number;
}): Float32Array {
  const sampleRate = 22_050;
  return Float32Array.from({ length: Math.round(durationSeconds * sampleRate) }, (_, index) => {
    const time = index / sampleRate;
    const syllable =
      Math.max(0, Math.sin(2 * Math.PI * 4 * time)) ** 0.5 * (0.6 + 0.4 * Math.sin(2 * Math.PI * 0.7 * time));
    let buzz = 0;
    for (let harmonic = 1; harmonic <= 20; harmonic += 1) {
      buzz += Math.sin(2 * Math.PI * 120 * harmonic * time + harmonic * harmonic) / harmonic;
    }
    return amplitude * syllable * (buzz / 2.5);
  });
}
