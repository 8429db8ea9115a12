export * from './build-cues.ts';
export * from './build-timeline.ts';
export * from './chapters.ts';
export type { ChunkContent } from './chunk-content.ts';
export * from './plan-chunks.ts';
export { pauses } from './plan-scenes.ts';
export * from './scene-motion.ts';
export * from './subtitles.ts';
export * from './timeline.ts';
