import { createCanvas } from '@napi-rs/canvas';
import { drawFrame } from '../drawing/index.ts';
import { registerFonts } from '../media/register-fonts.ts';
import { compositionSchema } from '../protocol/index.ts';
import { buildTimeline, type Timeline } from '../timeline/index.ts';

export interface TrialStage {
  readonly timeline: Timeline;
  /** RGBA, 8 bits; the buffer is used again. */
  draw(frameIndex: number): Uint8Array;
}

/** A short silent video with one heading, ready to be drawn. */
export function openTrialStage(heading: string): TrialStage {
  const composition = compositionSchema.parse({
    version: 1,
    title: heading,
    video: { width: 640, height: 360 },
    scenes: [{ id: 'trial', layout: 'title', heading }],
  });
  const timeline = buildTimeline(composition, () => ({ durationSeconds: 0, words: [] }));
  registerFonts({ text: heading });
  const canvas = createCanvas(timeline.width, timeline.height);
  const surface = { context: canvas.getContext('2d'), createLayer: createCanvas };
  return {
    timeline,
    draw(frameIndex) {
      drawFrame(surface, { timeline, frameIndex, pictures: new Map() });
      return canvas.data();
    },
  };
}
