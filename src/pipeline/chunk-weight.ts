import type { ChunkContent } from '../timeline/chunk-content.ts';

type SceneContent = ChunkContent['scene'];

/** What a frame takes to draw and encode, by what moves on it; medians of 1280x720 frames. */
const frameWeights = { still: 0.3, captioned: 0.42, entering: 1, moving: 1, clip: 1.3, mixed: 1.8 } as const;

/**
 * What a chunk's frames take, beside frames of which every pixel changes: frames on which nothing moves are not drawn
 * again, and captions are drawn without what lies behind them. Pure.
 */
export function chunkWeight({ scene, transition, frameCount, fps }: ChunkContent): number {
  const mixedShare = Math.min(transition?.frameCount ?? 0, frameCount) / frameCount;
  return mixedShare * frameWeights.mixed + (1 - mixedShare) * sceneWeight(scene, frameCount / fps);
}

function sceneWeight(scene: SceneContent, durationSeconds: number): number {
  if (scene.clip !== null || scene.pictures.some(plays)) return frameWeights.clip;
  if (hasMovingPicture(scene)) return frameWeights.moving;
  const resting = scene.cues.length > 0 ? frameWeights.captioned : frameWeights.still;
  const enteringShare = Math.min(1, movingSeconds(scene) / durationSeconds);
  return enteringShare * frameWeights.entering + (1 - enteringShare) * resting;
}

function plays({ loopSeconds }: SceneContent['pictures'][number]): boolean {
  return loopSeconds !== undefined;
}

/** A picture that moves changes every pixel of its frame. */
function hasMovingPicture({ picture, pictures }: SceneContent): boolean {
  return [picture, ...pictures].some((shown) => (shown?.move ?? null) !== null);
}

/** How long charts, tables, quotes and numbers take to build up: they say so only while they are drawn. */
const buildingSeconds = 1.5;

/** How long something comes in, in seconds. */
function movingSeconds({ headingAppears, points, fromFrame, ...scene }: SceneContent): number {
  const entrances = [headingAppears, ...points.map(({ appears }) => appears)]
    .filter((appears) => typeof appears === 'object')
    .reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0);
  const isBuilding =
    fromFrame === 0 && [scene.quote, scene.table, scene.chart, scene.code].some((part) => part !== null);
  return entrances + (isBuilding ? buildingSeconds : 0);
}
