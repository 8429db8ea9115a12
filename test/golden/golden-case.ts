import type { CompositionInput } from '../../src/protocol/index.ts';
import type { SceneInput } from '../timeline/evenly-spoken.ts';

/** One committed frame. */
export interface GoldenCase {
  /** Of its file, without the ending. */
  readonly name: string;
  readonly scenes: readonly SceneInput[];
  readonly settings: Partial<CompositionInput>;
  /** Which frame, as a share of the last scene. */
  readonly at: number;
}

/** Small, and yet large enough for every line to be seen. */
export const sizes = {
  wide: { width: 384, height: 216 },
  tall: { width: 216, height: 384 },
  square: { width: 288, height: 288 },
  /** 4:5, as feeds show it. */
  portrait: { width: 256, height: 320 },
} as const;
