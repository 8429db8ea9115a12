import type { TextMotion } from '../protocol/index.ts';
import type { Timeline, TimelinePoint, TimelineScene } from './timeline.ts';

/** From when to when something appears, in seconds from the scene's start; the same twice: it is there at once. */
export interface Appearance {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What the motion of a scene's words follows from. */
export type MovingScene = Pick<
  TimelineScene,
  'index' | 'transition' | 'textMotion' | 'heading' | 'quote' | 'points'
>;

/**
 * When the scene's heading comes in: as soon as the transition is half over. In the first scene it is there from the
 * start, for many places show a video's first frame before it is played; unless it is written or comes word by word,
 * which somebody has asked for to be seen.
 */
export function entrance(scene: MovingScene, fps: number): Appearance {
  const startSeconds = scene.transition.frameCount / 2 / fps;
  const texts = [scene.heading ?? '', scene.quote?.text ?? ''];
  const text = texts.reduce((longest, each) => (each.length > longest.length ? each : longest));
  return appearance(scene, { startSeconds, text, usualSeconds: 0.6 });
}

/** When a point of the scene comes in; in the very first frame it is there at once, as the heading is. */
export function pointAppearance(scene: MovingScene, point: TimelinePoint): Appearance {
  const startSeconds = point.revealSeconds + waitSeconds(scene, point);
  return appearance(scene, { startSeconds, text: point.text, usualSeconds: 0.5 });
}

/** How long words take to come in. @param usual.seconds Of the motions for which it does not matter how many there are. */
export function textEntranceSeconds(
  motion: TextMotion,
  { text, usualSeconds }: { readonly text: string; readonly usualSeconds: number },
): number {
  return lasting[motion](text, usualSeconds);
}

/** Frames in which the scene's picture can be seen: its own, and those in which the next scene comes in over it. */
export function motionFrameCount(timeline: Timeline, scene: TimelineScene): number {
  return scene.frameCount + (timeline.scenes[scene.index + 1]?.transition.frameCount ?? 0);
}

function appearance(
  { index, textMotion }: MovingScene,
  words: { readonly startSeconds: number; readonly text: string; readonly usualSeconds: number },
): Appearance {
  const { startSeconds } = words;
  const isShownOff = textMotion === 'typewriter' || textMotion === 'stagger';
  const atOnce = index === 0 && startSeconds === 0 && !isShownOff;
  return { startSeconds, endSeconds: startSeconds + (atOnce ? 0 : textEntranceSeconds(textMotion, words)) };
}

const lasting = {
  rise: (_, usualSeconds) => usualSeconds,
  fade: (_, usualSeconds) => usualSeconds,
  typewriter: (text) => between(0.3, text.length / lettersPerSecond, 3),
  stagger: (text, usualSeconds) => between(usualSeconds, 0.35 + secondsPerWord * wordCount(text), 1.8),
  none: () => 0,
} satisfies Record<TextMotion, (text: string, usualSeconds: number) => number>;

const lettersPerSecond = 35;
const secondsPerWord = 0.12;

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function wordCount(text: string): number {
  return text.split(/\s+/u).length;
}

const staggerSeconds = 0.18;
const longestWaitSeconds = 1.5;

/** Points that come at the same moment wait for one another where things come in one after another, or are written. */
function waitSeconds({ points, textMotion }: MovingScene, point: TimelinePoint): number {
  if (textMotion !== 'stagger' && textMotion !== 'typewriter') return 0;
  const together = points.filter(({ revealSeconds }) => revealSeconds === point.revealSeconds);
  const step = Math.min(staggerSeconds, longestWaitSeconds / Math.max(1, together.length));
  return step * Math.max(0, together.indexOf(point));
}
