export {
  type Asset,
  AuraError,
  type CreateJob,
  type ErrorCode,
  type ExportPlan,
  isTerminal,
  type Job,
  type JobStatus,
  type WebhookBody,
  type WebhookLog,
} from '../protocol/index.ts';
export { AuraClient, type AuraClientOptions, type ExportOptions, type UploadFile } from './client.ts';
export type { Fetch } from './http.ts';
export { failureOf, type JobHandle, type Stoppable } from './job-handle.ts';
export { verifyWebhook } from './verify-webhook.ts';
export type { WatchAllOptions, WatchedJobs } from './watch-all.ts';
export type { Connection, WatchOptions, WatchTiming } from './watching.ts';
