import { secondsAt } from '../protocol/frame-rates.ts';
import type { Timeline } from './timeline.ts';
import { clock, escapeVtt } from './vtt-text.ts';

/** A named stretch of the video. Chapters follow each other without gaps, from 0 to the end of the video. */
export interface Chapter {
  readonly title: string;
  /** From the start of the video. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * One chapter for each scene that has a heading, up to the next that has another. What comes before the first heading is
 * called by the video's title. None when there would be only one, which tells nobody anything.
 */
export function chaptersOf(timeline: Timeline, { title }: { readonly title: string }): Chapter[] {
  const starts = timeline.scenes.flatMap(({ heading, startFrame }, index) => {
    const name = plainTitle(heading) ?? (index === 0 ? plainTitle(title) : undefined);
    return name === undefined ? [] : [{ title: name, startFrame }];
  });
  const chapters = starts.filter((start, index) => start.title !== starts[index - 1]?.title);
  if (chapters.length < 2) return [];
  return chapters.map((chapter, index) => ({
    title: chapter.title,
    startSeconds: secondsAt(chapter.startFrame, timeline.fps),
    endSeconds: secondsAt(chapters[index + 1]?.startFrame ?? timeline.frameCount, timeline.fps),
  }));
}

/** On one line. Undefined when nothing can be read in it. */
function plainTitle(text: string | undefined): string | undefined {
  const line = text?.replace(/\s+/g, ' ').trim();
  return line === undefined || line === '' ? undefined : line;
}

/** The chapters as a WebVTT file, for a `<track kind="chapters">`. */
export function toChaptersVtt(chapters: readonly Chapter[]): string {
  const cues = chapters.map(({ title, startSeconds, endSeconds }) => {
    const [start, end] = [Math.round(startSeconds * 1000), Math.round(endSeconds * 1000)];
    return `${clock(start, '.')} --> ${clock(Math.max(end, start + 1), '.')}\n${escapeVtt(title)}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/**
 * The chapters as lines for the description of a YouTube video, e.g. `1:02 Where it lives`. YouTube takes them when the
 * first is at 0:00, there are at least three, and each lasts at least 10 seconds; so a shorter one is counted to the one
 * before it, and an empty text says that there are too few. Source: YouTube Help, "Video Chapters".
 */
export function toChaptersText(chapters: readonly Chapter[]): string {
  const lines = longEnough(chapters).map(
    ({ title, startSeconds }) => `${minutesAndSeconds(startSeconds)} ${title}\n`,
  );
  return lines.length < fewestChapters ? '' : lines.join('');
}

const fewestChapters = 3;
const shortestSeconds = 10;

/** Counted in whole seconds, since the text has no others. A first chapter that is too short gives way to the next. */
function longEnough(chapters: readonly Chapter[]): Chapter[] {
  const kept: Chapter[] = [];
  for (const chapter of chapters.map(inWholeSeconds)) {
    const last = kept.at(-1);
    if (last === undefined) kept.push({ ...chapter, startSeconds: 0 });
    else if (isShort(chapter)) kept[kept.length - 1] = { ...last, endSeconds: chapter.endSeconds };
    else if (isShort(last)) kept[kept.length - 1] = { ...chapter, startSeconds: last.startSeconds };
    else kept.push(chapter);
  }
  return kept;
}

function inWholeSeconds({ title, startSeconds, endSeconds }: Chapter): Chapter {
  return { title, startSeconds: Math.floor(startSeconds), endSeconds: Math.floor(endSeconds) };
}

function isShort({ startSeconds, endSeconds }: Chapter): boolean {
  return endSeconds - startSeconds < shortestSeconds;
}

/** e.g. `0:07`, `12:30`, `1:02:03`. */
function minutesAndSeconds(seconds: number): string {
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    Math.floor(seconds) % 60,
  ];
  const end = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${end}` : `${minutes}:${end}`;
}
