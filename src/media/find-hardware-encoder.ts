import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Codec as FFmpegCodec } from 'node-av/lib';
import type { Codec } from '../protocol/output.ts';
import { type HardwareEncoder, hardwareEncoders } from './hardware-encoders.ts';

export interface EncoderTrial {
  readonly codec: Codec;
  /** The codec's software encoder when absent. */
  readonly hardwareEncoder?: HardwareEncoder | undefined;
  /** Pixels: cards have smallest and largest sizes. */
  readonly width: number;
  readonly height: number;
  /** One of `frameRates`. */
  readonly fps: number;
  readonly signal?: AbortSignal;
}

export interface HardwareSearch {
  /** The first that works here. */
  readonly encoder?: HardwareEncoder;
  /** Why each one before it does not. */
  readonly refused: readonly { readonly encoder: HardwareEncoder; readonly reason: string }[];
}

/**
 * Looks for an encoder on this machine's graphics card or processor that really works: each is made to encode a few
 * frames, which are then looked at, in a process of its own whose crash or silence harms nobody. Takes up to ten seconds
 * for each that hangs, so remember the answer. What hardware encodes is not the same on every machine.
 */
export async function findHardwareEncoder(
  request: Omit<EncoderTrial, 'hardwareEncoder'>,
): Promise<HardwareSearch> {
  const refused: { encoder: HardwareEncoder; reason: string }[] = [];
  for (const encoder of hardwareEncoders[request.codec]) {
    const reason = isBuiltIn(encoder)
      ? await whyNot({ ...request, hardwareEncoder: encoder })
      : 'This build of FFmpeg does not have it.';
    if (reason === undefined) return { encoder, refused };
    refused.push({ encoder, reason });
  }
  return { refused };
}

function isBuiltIn(encoder: HardwareEncoder): boolean {
  return FFmpegCodec.findEncoderByName(encoder) !== null;
}

/** Tries one encoder. Undefined when it works; else what was wrong. @throws the signal's reason after an abort. */
export async function whyNot(
  { signal, ...trial }: EncoderTrial,
  timeLimitMs = 10_000,
): Promise<string | undefined> {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [trialScript, JSON.stringify(trial)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: timeLimitMs,
    killSignal: 'SIGKILL',
    ...(signal && { signal }),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const { code, failure } = await new Promise<{ code: number | null; failure?: Error }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, failure: error }));
    child.once('close', (exitCode) => resolve({ code: exitCode }));
  });
  signal?.throwIfAborted();
  if (code === 0) return undefined;
  if (failure !== undefined) return failure.message;
  if (child.killed) return `It did not end within ${timeLimitMs / 1000} seconds.`;
  return code === null ? `It crashed (${child.signalCode}).` : reasonIn(said);
}

const trialScript = join(import.meta.dirname, 'try-encoder.ts');

/** The first line says what was wrong in FFmpeg's words, the last what it came to. */
function reasonIn(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.replace(/^\[.*?\] /, '').trim())
    .filter((line) => line !== '');
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return 'It failed without a word.';
  return first === last ? first : `${first} (${last})`;
}
