import { open, readFile } from 'node:fs/promises';
import { measureVoiceOver, probeVideo } from '../media/index.ts';
import { type Composition, clipSchema, type Picture, type Scene } from '../protocol/index.ts';
import {
  type CodeLine,
  type MeasuredFiles,
  type MeasuredVoiceOver,
  wordsFromTiming,
} from '../timeline/index.ts';
import { inScene } from './in-scene.ts';

type Files = Readonly<Record<string, string>>;

/**
 * Opens what has a length of its own, finds the words of recorded voices, and colours source code.
 *
 * @throws {AuraError} video_invalid, audio_invalid, timing_invalid, with their scene.
 */
export async function measureFiles(
  { scenes, language }: Composition,
  files: Files,
  signal?: AbortSignal,
): Promise<MeasuredFiles> {
  const clipSeconds = new Map<number, number>();
  const codeLines = new Map<number, readonly CodeLine[]>();
  const voiceOvers = new Map<number, MeasuredVoiceOver>();
  const loopSeconds = new Map<string, number | undefined>();
  for (const [index, scene] of scenes.entries()) {
    const { id, clip, code } = scene;
    const file = clip && files[clip.source];
    if (file !== undefined) {
      const { durationSeconds } = await inScene(id, () => probeVideo(file, 'The clip', signal));
      clipSeconds.set(index, durationSeconds);
    }
    for (const picture of scene.pictures) {
      loopSeconds.set(picture.source, await loopSecondsOf(scene, picture, files));
    }
    if (code !== undefined) {
      // Its grammars are a sixth of all that planning loads, and few videos show code.
      const { highlightCode } = await import('./highlight-code.ts');
      codeLines.set(index, await highlightCode(code));
    }
    const voiceOver = await inScene(id, () => measureRecording(scene, { language, files, signal }));
    if (voiceOver !== undefined) voiceOvers.set(index, voiceOver);
  }
  return {
    clipSeconds: (index) => clipSeconds.get(index) ?? unknownSeconds,
    codeLines: (index) => codeLines.get(index) ?? [],
    loopSeconds: (source) => loopSeconds.get(source),
    voiceOver: (index) => voiceOvers.get(index) ?? unknownVoice,
  };
}

async function measureRecording(
  { narration, voiceOver }: Scene,
  known: { readonly language: string; readonly files: Files; readonly signal: AbortSignal | undefined },
): Promise<MeasuredVoiceOver | undefined> {
  const { language, files, signal } = known;
  const file = voiceOver && files[voiceOver.source];
  if (file === undefined) return undefined;
  const { durationSeconds, speech } = await measureVoiceOver({ file, name: 'The recorded voice', signal });
  const timingFile = voiceOver?.timing && files[voiceOver.timing];
  const timing = timingFile && (await readFile(timingFile, 'utf8'));
  const passages = narration.map(({ text }) => text);
  return {
    durationSeconds,
    speech,
    passages: wordsFromTiming({ passages, language, durationSeconds, speech, timing }),
  };
}

/** Of a clip or a voice that was not fetched yet, for an estimate. */
const unknownSeconds = 8;
const unknownVoice: MeasuredVoiceOver = { durationSeconds: unknownSeconds, speech: [], passages: [] };

/** A scene's picture that is an animated GIF plays like a clip, for as long as the scene lasts. */
export async function withPlayingPictures(composition: Composition, files: Files): Promise<Composition> {
  const scenes = await Promise.all(composition.scenes.map((scene) => withPlayingPicture(scene, files)));
  return { ...composition, scenes };
}

async function withPlayingPicture(scene: Scene, files: Files): Promise<Scene> {
  const { picture, ...rest } = scene;
  if (picture === undefined || (await loopSecondsOf(scene, picture, files)) === undefined) return scene;
  const { source, alt, fit, focus } = picture;
  const clip = clipSchema.parse({ source, alt, fit, ...(focus && { focus }), loop: true, muted: true });
  return { ...rest, clip };
}

/** How long one round of an animated GIF is; undefined for every other picture. */
async function loopSecondsOf(scene: Scene, { source }: Picture, files: Files): Promise<number | undefined> {
  const file = files[source];
  if (file === undefined || !(await isGif(file))) return undefined;
  const { durationSeconds } = await inScene(scene.id, () => probeVideo(file, 'The animation'));
  return durationSeconds <= stillSeconds ? undefined : durationSeconds;
}

/** A GIF of one picture. */
const stillSeconds = 0.15;

async function isGif(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'GIF8';
  } finally {
    await handle.close();
  }
}
