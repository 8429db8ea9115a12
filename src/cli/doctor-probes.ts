import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeVideoChunk } from '../media/index.ts';
import { AuraError, voiceSchema } from '../protocol/index.ts';
import { speechProviders } from '../speech/index.ts';
import type { ProbeName } from './doctor-probe.ts';
import { sizeText } from './quantities.ts';

/** Each tries one part of an export for real, and says what came out. */
export const probes: Readonly<Record<ProbeName, () => Promise<string>>> = { speech, video };

async function speech(): Promise<string> {
  const voice = voiceSchema.parse({});
  const provider = speechProviders[voice.provider]();
  const spoken = await provider.speak({ text: 'Hello', language: 'en', voice });
  const seconds = spoken.samples.length / spoken.sampleRate;
  return `“Hello” takes ${seconds.toFixed(2)} s, said by ${provider.name}`;
}

async function video(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aura-doctor-'));
  const file = join(folder, 'probe.mp4');
  const [width, height, fps, frameCount] = [320, 180, 30, 15];
  try {
    const pixels = new Uint8Array(width * height * 4);
    const began = performance.now();
    await encodeVideoChunk({
      width,
      height,
      fps,
      frameCount,
      file,
      drawFrame: (index) => pixels.fill(index * 16),
    });
    const { size } = await stat(file);
    if (size === 0) throw new AuraError('render_failed', 'The encoder wrote an empty file.');
    const milliseconds = Math.round(performance.now() - began);
    return `${frameCount} frames of ${width} x ${height} became ${sizeText(size)} in ${milliseconds} ms`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
