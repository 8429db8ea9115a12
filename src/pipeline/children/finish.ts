import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ChildWork } from '../../engine/index.ts';
import { failingAs } from '../../media/ffmpeg.ts';
import {
  finishVideo,
  makePoster,
  makeSprite,
  type Progress,
  silenceLufs,
  verifyVideo,
} from '../../media/index.ts';
import { codecs, containers, exactFps, type MediaFacts } from '../../protocol/index.ts';
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

const inputSchema = z.strictObject({
  planPath: z.string(),
  chunks: z.array(z.strictObject({ file: z.string(), frameCount: z.int() })),
  audio: z.string(),
  /** Local file of what `mixAudio` measured. */
  loudnessPath: z.string(),
  title: z.string(),
  language: z.string(),
  container: z.enum(containers),
  codec: z.enum(codecs),
  folder: z.string(),
  /** Begins the names by which the files will be known. */
  prefix: z.string(),
});

const loudnessSchema = z.object({ lufs: z.number(), truePeakDbtp: z.number() });

/** Writes the artifacts into the folder, and opens the video again to prove that it is what was asked for. */
export const work: ChildWork = async (input, { signal, progress }) => {
  const request = inputSchema.parse(input);
  const { timeline, sounds } = await readPlanFile(request.planPath);
  const { folder, container } = request;
  const video = `video.${container}`;
  const file = join(folder, video);
  const totalBytes = await sizeOf([...request.chunks.map((chunk) => chunk.file), request.audio]);
  const chapters = chaptersOf(timeline, request);
  await finishVideo({
    ...request,
    chapters,
    ...{ fps: timeline.fps, file, signal },
    onProgress: (bytes) => progress((joinShare * bytes) / totalBytes, 'Putting the file together', 0),
  });
  const texts = textFiles(timeline, chapters);
  for (const [name, text] of texts) await writeFile(join(folder, name), text);
  const loudness = loudnessSchema.parse(JSON.parse(await readFile(request.loudnessPath, 'utf8')));
  const { width, height, fps, frameCount } = timeline;
  const frameIndex = posterFrame(timeline);
  const through = sideBySide((fraction, partsDone) =>
    progress(
      joinShare + (1 - joinShare) * fraction,
      'Checking the file, making poster and thumbnails',
      partsDone,
    ),
  );
  await Promise.all([
    makePoster({ video: file, frameIndex, file: join(folder, 'poster.jpg'), signal }),
    makeSprite({
      ...{ ...timeline, chunks: request.chunks, signal },
      file: join(folder, 'thumbnails.jpg'),
      vttFile: join(folder, 'thumbnails.vtt'),
      imageName: `${request.prefix}thumbnails.jpg`,
      onProgress: through.pictures,
    }),
    verifyVideo({
      ...{ file, container, codec: request.codec, width, height, fps, frameCount, signal },
      durationSeconds: frameCount / exactFps(fps),
      hasAudio: isHeard(sounds),
      sound: { file: request.audio, lufs: loudness.lufs },
      onProgress: through.check,
    }),
    // Whoever stores the file waits for the disk: until then most of it is there.
    failingAs({ code: 'finish_failed', signal }, () => syncFile(file)),
  ]);
  const media = factsOf(timeline, { codec: request.codec, container, loudness });
  const pictures = ['poster.jpg', 'thumbnails.jpg', 'thumbnails.vtt'];
  return toJson({ files: [video, ...texts.keys(), ...pictures], media });
};

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

/** Share of the stage's time that joining takes, as measured; the rest makes pictures and checks the file. */
const joinShare = 0.35;

/** Two pieces of work that take about as long as each other. @param tell also told how many of the three are done. */
function sideBySide(
  tell: (fraction: number, partsDone: number) => void,
): Record<'pictures' | 'check', Progress> {
  const done = { pictures: 0, check: 0 };
  const through = (name: keyof typeof done): Progress => {
    return (fraction) => {
      done[name] = fraction;
      const parts = Object.values(done);
      tell((done.pictures + done.check) / 2, 1 + parts.filter((part) => part === 1).length);
    };
  };
  tell(0, 1);
  return { pictures: through('pictures'), check: through('check') };
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
  made: Pick<z.output<typeof inputSchema>, 'codec' | 'container'> & {
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
