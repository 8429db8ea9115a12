import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChildContext, ChildWork } from '../../engine/index.ts';
import { failingAs } from '../../media/ffmpeg.ts';
import { finishVideo, makePoster, makeSprite, silenceLufs, verifyVideo } from '../../media/index.ts';
import { codecs, containers, exactFps, type Json, type MediaFacts } from '../../protocol/index.ts';
import { syncFile } from '../../storage/durable-files.ts';
import {
  type Chapter,
  chaptersOf,
  type Timeline,
  toChaptersText,
  toChaptersVtt,
  toSrt,
  toVtt,
} from '../../timeline/index.ts';
import { toJson } from '../export-input.ts';
import { type PlannedSounds, readPlanFile } from '../plan-file.ts';
import { posterFrame } from '../poster-frame.ts';

const commonInput = {
  planPath: z.string(),
  chunks: z.array(z.strictObject({ file: z.string(), frameCount: z.int() })),
  title: z.string(),
  language: z.string(),
  folder: z.string(),
  /** Begins the names by which the files will be known. */
  prefix: z.string(),
};
const videoSchema = z.strictObject({
  part: z.literal('video'),
  ...commonInput,
  audio: z.string(),
  /** Local file of what `mixAudio` measured. */
  loudnessPath: z.string(),
  container: z.enum(containers),
  codec: z.enum(codecs),
});
const companionsSchema = z.strictObject({ part: z.literal('companions'), ...commonInput });
const inputSchema = z.discriminatedUnion('part', [videoSchema, companionsSchema]);

const loudnessSchema = z.object({ lufs: z.number(), truePeakDbtp: z.number() });

/** Writes the artifacts of its part into the folder. */
export const work: ChildWork = async (input, context) => {
  const request = inputSchema.parse(input);
  return request.part === 'video' ? makeVideo(request, context) : makeCompanions(request, context);
};

/** Joins the video, and opens it again to prove that it is what was asked for. */
async function makeVideo(
  request: z.output<typeof videoSchema>,
  { signal, progress }: ChildContext,
): Promise<Json> {
  const { timeline, sounds } = await readPlanFile(request.planPath);
  const { folder, container, codec } = request;
  const video = `video.${container}`;
  const file = join(folder, video);
  const totalBytes = await sizeOf([...request.chunks.map((chunk) => chunk.file), request.audio]);
  await finishVideo({
    ...request,
    chapters: chaptersOf(timeline, request),
    ...{ fps: timeline.fps, file, signal },
    onProgress: (bytes) => progress((joinShare * bytes) / totalBytes, 'Putting the file together', 0),
  });
  const loudness = loudnessSchema.parse(JSON.parse(await readFile(request.loudnessPath, 'utf8')));
  const { width, height, fps, frameCount } = timeline;
  const checked = (fraction: number): void =>
    progress(joinShare + (1 - joinShare) * fraction, 'Checking the file', fraction < 1 ? 1 : 2);
  checked(0);
  await Promise.all([
    verifyVideo({
      ...{ file, container, codec, width, height, fps, frameCount, signal },
      durationSeconds: frameCount / exactFps(fps),
      hasAudio: isHeard(sounds),
      sound: { file: request.audio, lufs: loudness.lufs },
      onProgress: checked,
    }),
    // Whoever stores the file waits for the disk: until then most of it is there.
    failingAs({ code: 'finish_failed', signal }, () => syncFile(file)),
  ]);
  return toJson({ files: [video], media: factsOf(timeline, { codec, container, loudness }) });
}

/** Share of the time that joining takes, as measured; the rest is checking. */
const joinShare = 0.5;

/** Subtitles, chapters, poster and thumbnails. */
async function makeCompanions(
  request: z.output<typeof companionsSchema>,
  { signal, progress }: ChildContext,
): Promise<Json> {
  const { timeline } = await readPlanFile(request.planPath);
  const { chunks, folder } = request;
  const texts = textFiles(timeline, chaptersOf(timeline, request));
  for (const [name, text] of texts) await writeFile(join(folder, name), text);
  await Promise.all([
    makePoster({ chunks, frameIndex: posterFrame(timeline), file: join(folder, 'poster.jpg'), signal }),
    makeSprite({
      ...{ ...timeline, chunks, signal },
      file: join(folder, 'thumbnails.jpg'),
      vttFile: join(folder, 'thumbnails.vtt'),
      imageName: `${request.prefix}thumbnails.jpg`,
      onProgress: (fraction) => progress(fraction, 'Making poster, thumbnails and subtitles', 0),
    }),
  ]);
  return toJson({ files: [...texts.keys(), 'poster.jpg', 'thumbnails.jpg', 'thumbnails.vtt'] });
}

/** Subtitles and chapters by file name; chapters only where there are some to choose from. */
function textFiles(timeline: Timeline, chapters: readonly Chapter[]): Map<string, string> {
  const texts = new Map([
    ['captions.srt', toSrt(timeline)],
    ['captions.vtt', toVtt(timeline)],
  ]);
  if (chapters.length > 1) texts.set('chapters.vtt', toChaptersVtt(chapters));
  const lines = toChaptersText(chapters);
  if (lines !== '') texts.set('chapters.txt', lines);
  return texts;
}

async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Whether anything is to be heard; undefined when only clips sound, which may be silent. */
function isHeard({ speech, voiceOvers, music, clips }: PlannedSounds): boolean | undefined {
  if (speech.length > 0 || voiceOvers.length > 0 || music !== undefined) return true;
  return clips.length > 0 ? undefined : false;
}

function factsOf(
  { width, height, fps, frameCount }: Timeline,
  made: Pick<z.output<typeof videoSchema>, 'codec' | 'container'> & {
    readonly loudness: z.output<typeof loudnessSchema>;
  },
): MediaFacts {
  const { lufs, truePeakDbtp } = made.loudness;
  return {
    durationSeconds: frameCount / exactFps(fps),
    ...{ width, height, fps, frameCount },
    videoCodec: made.codec,
    audioCodec: made.container === 'webm' ? 'opus' : 'aac',
    // Silence is minus infinity, which JSON does not have.
    lufs: lufs <= silenceLufs ? null : lufs,
    truePeakDbtp: lufs <= silenceLufs ? null : truePeakDbtp,
  };
}
