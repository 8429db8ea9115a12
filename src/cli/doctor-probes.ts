import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeVideoChunk } from '../media/index.ts';
import { AuraError, voiceSchema } from '../protocol/index.ts';
import { speechProviders } from '../speech/index.ts';
import type { ProbeName } from './doctor-probe.ts';
import { openTrialStage } from './doctor-stage.ts';
import { sizeText } from './quantities.ts';

/** Each tries one part of an export for real, and says what came out. */
export const probes: Readonly<Record<ProbeName, () => Promise<string>>> = { speech, drawing, video };

async function speech(): Promise<string> {
  const voice = voiceSchema.parse({});
  const provider = speechProviders[voice.provider]();
  const spoken = await provider.speak({ text: 'Hello', language: 'en', voice });
  const seconds = spoken.samples.length / spoken.sampleRate;
  return `“Hello” takes ${seconds.toFixed(2)} s, said by ${provider.name}`;
}

/** A frame with letters has to differ from the same frame with others. */
async function drawing(): Promise<string> {
  const [some, others] = [openTrialStage('Aura'), openTrialStage('Ωмега')];
  const { width, height, frameCount } = some.timeline;
  const began = performance.now();
  const picture = Buffer.from(some.draw(frameCount - 1));
  const milliseconds = Math.round(performance.now() - began);
  if (picture.equals(others.draw(frameCount - 1))) {
    throw new AuraError('render_failed', 'The letters are missing in the picture.');
  }
  return `a frame of ${width} x ${height} in ${milliseconds} ms`;
}

async function video(): Promise<string> {
  const { timeline, draw } = openTrialStage('Aura');
  const { width, height, fps } = timeline;
  const folder = await mkdtemp(join(tmpdir(), 'aura-doctor-'));
  const file = join(folder, 'trial.mp4');
  try {
    const began = performance.now();
    await encodeVideoChunk({ width, height, fps, frameCount: trialFrames, file, drawFrame: draw });
    const { size } = await stat(file);
    if (size === 0) throw new AuraError('render_failed', 'The encoder wrote an empty file.');
    const milliseconds = Math.round(performance.now() - began);
    return `${trialFrames} frames became ${sizeText(size)} of H.264 in ${milliseconds} ms`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const trialFrames = 15;
