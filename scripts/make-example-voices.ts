import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AV_SAMPLE_FMT_FLT, FF_ENCODER_LIBOPUS } from 'node-av/constants';
import { decodeAudio } from '../src/media/decode-audio.ts';
import { encodeSound } from '../src/media/encode-sound.ts';
import type { Composition } from '../src/protocol/index.ts';
import { parseScript } from '../src/script/index.ts';
import { encodeWav, type MonoSound, type Speech, speechProviders } from '../src/speech/index.ts';
import { clock, escapeVtt } from '../src/timeline/vtt-text.ts';

/**
 * Records the voices of examples/voice-over: each scene that has a recording is read aloud, and the words' times are
 * written where it names a timing file. `node scripts/make-example-voices.ts`
 */

type Scene = Composition['scenes'][number];

/** Somebody reads a sentence, breathes, and reads the next. */
const silence = { beforeSeconds: 0.35, betweenSeconds: 0.55, afterSeconds: 0.3 };

interface Take {
  readonly text: string;
  readonly startSeconds: number;
  readonly speech: Speech;
}

const folder = path.join(import.meta.dirname, '..', 'examples', 'voice-over');
const { scenes } = parseScript(await readFile(path.join(folder, 'script.md'), 'utf8'));
for (const { voiceOver, narration } of scenes) {
  if (voiceOver === undefined) continue;
  const takes = await readAloud(narration);
  await writeRecording(path.join(folder, voiceOver.source), takes);
  if (voiceOver.timing !== undefined) await writeFile(path.join(folder, voiceOver.timing), wordTimes(takes));
  console.log(`written: ${voiceOver.source}`);
}

async function readAloud(narration: Scene['narration']): Promise<Take[]> {
  const engine = speechProviders.espeak();
  const takes: Take[] = [];
  let startSeconds = silence.beforeSeconds;
  for (const { text } of narration) {
    const voice = { provider: 'espeak', name: 'en-gb-scotland', rate: 0.9 } as const;
    const speech = await engine.speak({ text, language: 'en', voice });
    takes.push({ text, startSeconds, speech });
    startSeconds += speech.samples.length / speech.sampleRate + silence.betweenSeconds;
  }
  return takes;
}

async function writeRecording(file: string, takes: readonly Take[]): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), 'aura-voice-'));
  try {
    const wav = path.join(work, 'voice.wav');
    await writeFile(wav, encodeWav(joined(takes)));
    await encodeSound(file, decodeAudio({ file: wav, channels: 2 }), {
      encoder: FF_ENCODER_LIBOPUS,
      container: 'ogg',
      sampleFormat: AV_SAMPLE_FMT_FLT,
      bitsPerSecond: 40_000,
      options: { application: 'voip', frame_duration: 20 },
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function joined(takes: readonly Take[]): MonoSound {
  const sampleRate = takes[0]?.speech.sampleRate ?? 0;
  const last = takes.at(-1);
  const spokenSamples =
    Math.round((last?.startSeconds ?? 0) * sampleRate) + (last?.speech.samples.length ?? 0);
  const samples = new Float32Array(spokenSamples + Math.round(silence.afterSeconds * sampleRate));
  for (const { startSeconds, speech } of takes) {
    samples.set(speech.samples, Math.round(startSeconds * sampleRate));
  }
  return { sampleRate, samples };
}

/** A WebVTT file with a cue a passage, and in it when each of its words begins. */
function wordTimes(takes: readonly Take[]): string {
  const cues = takes.map(({ text, startSeconds, speech }) => {
    const time = (seconds: number) => clock(Math.round((startSeconds + seconds) * 1000), '.');
    const words = speech.words.map(({ startSeconds: begins, textStart }, index) => {
      const until = speech.words[index + 1]?.textStart ?? text.length;
      const said = escapeVtt(text.slice(textStart, until).trim());
      return index === 0 ? said : `<${time(begins)}>${said}`;
    });
    const [first, last] = [speech.words[0], speech.words.at(-1)];
    const span = `${time(first?.startSeconds ?? 0)} --> ${time(last?.endSeconds ?? 0)}`;
    return `${span}\n${words.join(' ')}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}
