import { AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import type { CodecParameters, FormatContext, Packet } from 'node-av/lib';
import { sampleAt } from '../protocol/frame-rates.ts';
import { sampleRate } from '../timeline/timeline.ts';
import { decodeAudio } from './decode-audio.ts';
import { expectNear, expectSame } from './expectations.ts';
import { silenceLufs } from './loudness.ts';
import { finishedFormats } from './open-media.ts';
import { createSoundMeter } from './sound-meter.ts';
import { openSound } from './sound-packets.ts';
import type { MixedSound, VerifyRequest } from './verify-video.ts';

/** Compares the sound of a finished file with the one that was mixed. */
export interface SoundComparison extends AsyncDisposable {
  /** Takes the finished file's next packet; timestamps in samples at 48 kHz. */
  take(packet: Packet): Promise<void>;
  /** Once, after the last. */
  finish(): Promise<void>;
}

interface ComparedSound extends VerifyRequest {
  readonly sound: MixedSound;
  /** The finished file. */
  readonly context: FormatContext;
}

/**
 * The sound that was mixed was listened to then: that the file holds the same, packet for packet, says more than listening
 * again.
 */
export async function compareSound(request: ComparedSound): Promise<SoundComparison> {
  const { sound, context, signal, onProgress, container = 'mp4' } = request;
  verifyHeard(request, sound);
  const mixed = await openSound(sound.file);
  const mixedPackets = mixed.packets();
  const expectedSamples = sampleAt(request.frameCount, request.fps);
  const within = lastDigit[container];
  let index = 0;
  const expectEnd = (isEnd: boolean, isThere: boolean) =>
    expectSame(`The end of the sound at packet ${index}`, isEnd, isThere);
  return {
    take: async (there) => {
      signal?.throwIfAborted();
      const wanted = await mixedPackets.next();
      expectEnd(wanted.done === true, false);
      if (wanted.done === true) return;
      expectEqualPackets({ wanted: wanted.value, there, index, within });
      index += 1;
      onProgress?.(Math.min(1, Math.max(0, Number(wanted.value.pts)) / expectedSamples));
    },
    finish: async () => {
      expectSame("The sound decoder's settings", settingsOf(mixed.parameters), settingsOf(soundOf(context)));
      expectEnd((await mixedPackets.next()).done === true, true);
      onProgress?.(1);
    },
    [Symbol.asyncDispose]: async () => {
      await mixedPackets.return(undefined);
      await mixed[Symbol.asyncDispose]();
    },
  };
}

function soundOf({ streams }: FormatContext): CodecParameters | undefined {
  return streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO)?.codecpar;
}

function settingsOf(parameters: CodecParameters | undefined): string | undefined {
  return parameters?.extradata?.toString('hex');
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

/** Where the mixed sound is not at hand: its length to a packet, and whether it can be heard. All of it is decoded. */
export async function verifyByListening(request: VerifyRequest): Promise<void> {
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
