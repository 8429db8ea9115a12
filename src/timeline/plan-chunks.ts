import { type ChunkContent, chunkContent } from './chunk-content.ts';
import type { Timeline, TimelineScene } from './timeline.ts';

/** A run of frames that is rendered and stored as one piece. */
export interface Chunk {
  /** From 0, in the order of the video. */
  readonly index: number;
  readonly sceneIndex: number;
  readonly startFrame: number;
  readonly frameCount: number;
  /** Everything that can be seen in it, as plain JSON: equal contents are equal pictures, so its hash names the result. */
  readonly content: ChunkContent;
}

export interface ChunkOptions {
  /** Aimed at; the last chunk of a scene is up to `shortestSeconds` longer, a short scene is one short chunk. */
  readonly targetSeconds?: number;
}

const shortestSeconds = 2;
/** At least, of a chunk that is drawn again when the scene before changes: as long as a transition usually is. */
const enteringSeconds = 0.5;
const longestSeconds = 10;

/**
 * Divides the video into chunks. Borders are scene starts and fixed distances from them, so that a change in one scene
 * leaves the chunks of the others what they were, wherever they have moved to. Where a scene comes in by a transition, its
 * first chunk is a short one: it shows the scene before, and is drawn again when that changes.
 *
 * @param options.targetSeconds 2 to 8; 5 when absent: at 4, a minute of video took 4 % longer, and a change in one of thirty
 *   scenes a tenth less.
 */
export function planChunks(timeline: Timeline, { targetSeconds = 5 }: ChunkOptions = {}): Chunk[] {
  const target = Math.min(Math.max(targetSeconds, shortestSeconds), longestSeconds - shortestSeconds);
  const lengths = {
    target: Math.round(target * timeline.fps),
    shortest: Math.round(shortestSeconds * timeline.fps),
    entering: Math.round(enteringSeconds * timeline.fps),
  };
  const pieces = timeline.scenes.flatMap((scene) => divideScene(scene, lengths));
  return pieces.map(({ scene, offset, frameCount }, index) => ({
    index,
    sceneIndex: scene.index,
    startFrame: scene.startFrame + offset,
    frameCount,
    content: chunkContent(timeline, { scene, fromFrame: offset, frameCount }),
  }));
}

interface Piece {
  readonly scene: TimelineScene;
  /** In frames from the start of the scene. */
  readonly offset: number;
  readonly frameCount: number;
}

/**
 * Lengths in frames. A rest shorter than the shortest chunk stays with the chunk before it. The last two are about as long as
 * each other, so that two processes which draw them are through together.
 */
function divideScene(
  scene: TimelineScene,
  { target, shortest, ...lengths }: Record<'target' | 'shortest' | 'entering', number>,
): Piece[] {
  const mixed = scene.transition.frameCount;
  const entering = mixed === 0 ? target : Math.max(lengths.entering, mixed);
  const pieces: Piece[] = [];
  for (let offset = 0; offset < scene.frameCount; ) {
    const left = scene.frameCount - offset;
    const wanted = offset === 0 ? entering : target;
    const isLast = left - wanted < shortest;
    const isLastButOne = wanted === target && left < 2 * target;
    const frameCount = isLast ? left : isLastButOne ? Math.ceil(left / 2) : wanted;
    pieces.push({ scene, offset, frameCount });
    offset += frameCount;
  }
  return pieces;
}
