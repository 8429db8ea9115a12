export * from './build-cues.ts';
export * from './build-timeline.ts';
export * from './plan-chunks.ts';
export * from './subtitles.ts';
export * from './timeline.ts';
