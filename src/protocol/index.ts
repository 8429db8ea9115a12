export * from './api.ts';
export * from './composition.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './job.ts';
export * from './limits.ts';
export * from './reduce-job.ts';
export * from './speech.ts';
