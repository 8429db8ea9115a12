import type { Packet } from 'node-av/lib';
import { sampleAt } from '../protocol/frame-rates.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import { expectNear, expectSame } from './expectations.ts';
import { silenceLufs } from './loudness.ts';
import { finishedFormats } from './open-media.ts';
import { createSoundMeter } from './sound-meter.ts';
import { openSound } from './sound-packets.ts';
import type { MixedSound, VerifyRequest } from './verify-video.ts';

/**
 * The sound that was mixed was listened to then: that the file holds the same, packet for packet, says more than listening
 * again. Where it is not at hand, all of it is decoded.
 */
export async function verifySound(request: VerifyRequest): Promise<void> {
  const { sound } = request;
  if (sound === undefined) await verifyByListening(request);
  else await verifyPackets({ ...request, sound });
}

async function verifyPackets(request: VerifyRequest & { readonly sound: MixedSound }): Promise<void> {
  verifyHeard(request, request.sound);
  await using mixed = await openSound(request.sound.file);
  await using finished = await openSound(request.file, finishedFormats);
  const extradata = [mixed, finished].map(({ parameters }) => parameters.extradata?.toString('hex'));
  expectSame("The sound decoder's settings", extradata[0], extradata[1]);
  const expectedSamples = sampleAt(request.frameCount, request.fps);
  const [expected, found] = [mixed.packets(), finished.packets()];
  const within = lastDigit[request.container ?? 'mp4'];
  for (let index = 0; ; index += 1) {
    request.signal?.throwIfAborted();
    const [wanted, there] = [await expected.next(), await found.next()];
    expectSame(`The end of the sound at packet ${index}`, wanted.done === true, there.done === true);
    if (wanted.done === true || there.done === true) break;
    expectEqualPackets({ wanted: wanted.value, there: there.value, index, within });
    request.onProgress?.(Math.min(1, Math.max(0, Number(wanted.value.pts)) / expectedSamples));
  }
  request.onProgress?.(1);
}

/** In samples: a WebM rounds times to milliseconds. */
const lastDigit = { mp4: 0, webm: sampleRate / 1000 } as const;

function expectEqualPackets(packets: {
  readonly wanted: Packet;
  readonly there: Packet;
  readonly index: number;
  readonly within: number;
}): void {
  const { wanted, there, index, within } = packets;
  const [expected, found] = [Number(wanted.pts), Number(there.pts)];
  expectNear(`The sample at which packet ${index} of the sound begins`, { expected, found, within });
  const isSame = wanted.data !== null && there.data !== null && wanted.data.equals(there.data);
  expectSame(`Packet ${index} of the sound as it was mixed`, true, isSame);
}

/** Its length to a packet, and whether it can be heard. */
async function verifyByListening(request: VerifyRequest): Promise<void> {
  const { file, signal, onProgress, frameCount, fps } = request;
  const expectedSamples = sampleAt(frameCount, fps);
  const meter = createSoundMeter(expectedSamples);
  let samples = 0;
  for await (const block of decodeAudio({ file, channels: 2, signal, formats: finishedFormats })) {
    meter.push(block);
    samples += block.length / 2;
    onProgress?.(Math.min(1, samples / expectedSamples));
  }
  const found = meter.finish();
  expectNear('The samples of sound', { expected: expectedSamples, found: found.sampleCount, within: 1024 });
  verifyHeard(request, found);
}

function verifyHeard({ hasAudio }: VerifyRequest, { lufs }: { readonly lufs: number }): void {
  if (hasAudio !== undefined) expectSame('Something to be heard', hasAudio, lufs > silenceLufs);
}
