import { open } from 'node:fs/promises';
import { AuraError, limits } from '../protocol/index.ts';
import { sampleRate as mixRate } from '../timeline/timeline.ts';
import { type AudioDescription, openAudio } from './decode-audio.ts';
import { failingAs } from './ffmpeg.ts';

export interface AudioProbe {
  /** Measured by decoding all of it. */
  readonly durationSeconds: number;
  /** Hz, as stored in the file. */
  readonly sampleRate: number;
  readonly channels: number;
}

/**
 * Decodes a sound file from beginning to end and says how long it really is.
 *
 * @param name what people call the file, for errors.
 * @throws {AuraError} audio_invalid for anything that is not a whole WAV, MP3, FLAC, Ogg, M4A or WebM file, and for sounds
 *   longer than the limit.
 */
export function probeAudio(file: string, name: string = file, signal?: AbortSignal): Promise<AudioProbe> {
  return failingAs({ code: 'audio_invalid', signal }, async () => {
    await using audio = await openAudio({ file, name, signal });
    await refuseTruncatedRiff(file, name);
    const { declaredSeconds, sampleRate, channels } = audio.description;
    refuseTooLong(name, declaredSeconds ?? 0);
    let samples = 0;
    for await (const block of audio.blocks(1)) {
      samples += block.length;
      refuseTooLong(name, samples / mixRate);
    }
    const durationSeconds = samples / mixRate;
    if (samples === 0) throw new AuraError('audio_invalid', `"${name}" has no sound.`);
    refuseTruncated({ name, durationSeconds, declaredSeconds });
    return { durationSeconds, sampleRate, channels };
  });
}

function refuseTooLong(name: string, seconds: number): void {
  if (seconds <= limits.audioDurationSeconds) return;
  const most = limits.audioDurationSeconds / 60;
  throw new AuraError('audio_invalid', `"${name}" is longer than ${most} minutes.`);
}

interface Lengths {
  readonly name: string;
  readonly durationSeconds: number;
  readonly declaredSeconds: AudioDescription['declaredSeconds'];
}

/** An estimate from a bit rate may be off by a little; a file that was cut off is short by more. */
function refuseTruncated({ name, durationSeconds, declaredSeconds }: Lengths): void {
  if (declaredSeconds === undefined) return;
  const missing = declaredSeconds - durationSeconds;
  if (missing <= Math.max(0.1, declaredSeconds * 0.02)) return;
  const lengths = `${durationSeconds.toFixed(1)} of ${declaredSeconds.toFixed(1)} seconds are there`;
  throw new AuraError('audio_invalid', `"${name}" is cut off: ${lengths}.`);
}

/** FFmpeg takes a WAV as long as its file is; what it was meant to be is in its first bytes. */
async function refuseTruncatedRiff(file: string, name: string): Promise<void> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
  const declared = buffer.readUInt32LE(4);
  if (buffer.toString('latin1', 0, 4) !== 'RIFF' || declared >= unknownRiffSize || declared + 8 <= size)
    return;
  throw new AuraError('audio_invalid', `"${name}" is cut off: ${size} of ${declared + 8} bytes are there.`);
}

/** Written by programs that could not go back and fill in the size. */
const unknownRiffSize = 0xff_ff_ff_00;
