import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { finishVideo, makePoster, makeSprite, silenceLufs, verifyVideo } from '../../media/index.ts';
import { codecs, containers, exactFps, type MediaFacts } from '../../protocol/index.ts';
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
serveChild(async (input, { signal, progress }) => {
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
  progress(joinShare, 'Making the poster and the thumbnails', 1);
  const frameIndex = posterFrame(timeline);
  await Promise.all([
    makePoster({ video: file, frameIndex, file: join(folder, 'poster.jpg'), signal }),
    makeSprite({
      ...{ video: file, ...timeline, signal },
      file: join(folder, 'thumbnails.jpg'),
      vttFile: join(folder, 'thumbnails.vtt'),
      imageName: `${request.prefix}thumbnails.jpg`,
    }),
  ]);
  const texts = textFiles(timeline, chapters);
  for (const [name, text] of texts) await writeFile(join(folder, name), text);
  progress(joinShare + picturesShare, checking, 2);
  const loudness = loudnessSchema.parse(JSON.parse(await readFile(request.loudnessPath, 'utf8')));
  const { width, height, fps, frameCount } = timeline;
  await verifyVideo({
    ...{ file, container, codec: request.codec, width, height, fps, frameCount, signal, loudness },
    durationSeconds: frameCount / exactFps(fps),
    hasAudio: isHeard(sounds),
    onProgress: (fraction) => progress(1 - (1 - joinShare - picturesShare) * (1 - fraction), checking, 2),
  });
  const media = factsOf(timeline, { codec: request.codec, container, loudness });
  const pictures = ['poster.jpg', 'thumbnails.jpg', 'thumbnails.vtt'];
  return toJson({ files: [video, ...texts.keys(), ...pictures], media });
});

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

/** Shares of the stage's time that joining and making pictures take, as measured; the rest checks the file. */
const joinShare = 0.2;
const picturesShare = 0.4;
const checking = 'Checking the finished file';

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
