import type { ChunkContent } from '../timeline/chunk-content.ts';
import type { ResolvedEncoding } from './resolve-encodings.ts';

type SceneContent = ChunkContent['scene'];

/**
 * What a frame takes to draw and encode, by what moves on it, for x264, which sees a picture once, and for encoders that see
 * every frame; medians of 1280x720 frames.
 */
const frameWeights = {
  once: {
    still: 0.05,
    captioned: 0.12,
    entering: 0.55,
    building: 0.95,
    moving: 1,
    clip: 1.35,
    mixed: 1.5,
    mixedWords: 0.6,
  },
  each: {
    still: 0.3,
    captioned: 0.42,
    entering: 1,
    building: 1,
    moving: 1,
    clip: 1.3,
    mixed: 1.8,
    mixedWords: 1.8,
  },
} as const;
type FrameWeights = (typeof frameWeights)[keyof typeof frameWeights];

/**
 * What a chunk's frames take, beside frames of which every pixel changes: frames on which nothing moves are not drawn
 * again, and captions are drawn without what lies behind them. Pure.
 *
 * @param encodings what the chunk is encoded as.
 */
export function chunkWeight(content: ChunkContent, encodings: readonly ResolvedEncoding[]): number {
  const { scene, transition, frameCount, fps } = content;
  const weights = frameWeights[encodings.every(seesOnce) ? 'once' : 'each'];
  const mixedShare = Math.min(transition?.frameCount ?? 0, frameCount) / frameCount;
  const isPicture = hasPicture(scene) || (transition !== null && hasPicture(transition.beneath));
  const mixed = isPicture ? weights.mixed : weights.mixedWords;
  return mixedShare * mixed + (1 - mixedShare) * sceneWeight(scene, { weights, seconds: frameCount / fps });
}

function seesOnce({ codec, hardwareEncoder }: ResolvedEncoding): boolean {
  return codec === 'h264' && hardwareEncoder === undefined;
}

function hasPicture({ clip, picture, pictures }: SceneContent): boolean {
  return clip !== null || picture !== null || pictures.length > 0;
}

function sceneWeight(
  scene: SceneContent,
  { weights, seconds }: { readonly weights: FrameWeights; readonly seconds: number },
): number {
  if (scene.clip !== null || scene.pictures.some(plays)) return weights.clip;
  if (hasMovingPicture(scene)) return weights.moving;
  const resting = scene.cues.length > 0 ? weights.captioned : weights.still;
  const entering = Math.min(seconds, enteringSeconds(scene));
  const building = Math.min(seconds - entering, isBuilding(scene) ? buildingSeconds : 0);
  const moving = entering * weights.entering + building * weights.building;
  return (moving + (seconds - entering - building) * resting) / seconds;
}

function plays({ loopSeconds }: SceneContent['pictures'][number]): boolean {
  return loopSeconds !== undefined;
}

/** A picture that moves changes every pixel of its frame. */
function hasMovingPicture({ picture, pictures }: SceneContent): boolean {
  return [picture, ...pictures].some((shown) => (shown?.move ?? null) !== null);
}

/** How long text comes in, in seconds. */
function enteringSeconds({ headingAppears, points }: SceneContent): number {
  return [headingAppears, ...points.map(({ appears }) => appears)]
    .filter((appears) => typeof appears === 'object')
    .reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0);
}

/** Charts, tables, quotes and code say how long they build up only while they are drawn. */
const buildingSeconds = 1.5;

function isBuilding({ fromFrame, quote, table, chart, code }: SceneContent): boolean {
  return fromFrame === 0 && [quote, table, chart, code].some((part) => part !== null);
}
