export * from './assets.ts';
export * from './database.ts';
export * from './event-hub.ts';
export * from './events.ts';
export * from './jobs.ts';
export * from './live.ts';
export * from './pace.ts';
export { longestSilenceMilliseconds } from './postgresql.ts';
export * from './tasks.ts';
