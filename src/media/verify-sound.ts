import { sampleAt } from '../protocol/frame-rates.ts';
import { decodeAudio } from './decode-audio.ts';
import { expectNear, expectSame } from './expectations.ts';
import { silenceLufs } from './loudness.ts';
import { finishedFormats } from './open-media.ts';
import { createSoundMeter } from './sound-meter.ts';
import type { VerifyRequest } from './verify-video.ts';

/** Listens to all of it: its length to a packet, whether it can be heard, and how loud it is. */
export async function verifySound(request: VerifyRequest): Promise<void> {
  const { frameCount, fps, hasAudio, loudness } = request;
  const expectedSamples = sampleAt(frameCount, fps);
  const found = await listen(request, expectedSamples);
  expectNear('The samples of sound', { expected: expectedSamples, found: found.sampleCount, within: 1024 });
  if (hasAudio !== undefined) expectSame('Something to be heard', hasAudio, found.lufs > silenceLufs);
  if (loudness === undefined) return;
  expectNear('The loudness in LUFS', { expected: loudness.lufs, found: found.lufs, within: 0.1 });
  expectNear('The true peak in dBTP', {
    expected: loudness.truePeakDbtp,
    found: found.truePeakDbtp,
    within: 0.1,
  });
}

async function listen({ file, signal, onProgress }: VerifyRequest, expectedSamples: number) {
  const meter = createSoundMeter(expectedSamples);
  let samples = 0;
  for await (const block of decodeAudio({ file, channels: 2, signal, formats: finishedFormats })) {
    meter.push(block);
    samples += block.length / 2;
    onProgress?.(Math.min(1, samples / expectedSamples));
  }
  return meter.finish();
}
