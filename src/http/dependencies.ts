import type { FastifyBaseLogger } from 'fastify';
import type { z } from 'zod';
import type {
  Asset,
  createJobSchema,
  ExportPlan,
  Health,
  Job,
  Json,
  Priority,
  VoiceInfo,
  Webhook,
} from '../protocol/index.ts';
import type { Storage } from '../storage/contract.ts';
import type { Database, EventHub } from '../store/index.ts';

/** What changes jobs: the engine. */
export interface JobEngine {
  /**
   * `isNew` is false when an earlier request with the same idempotency key made the job.
   * @throws {AuraError} job_exists, idempotency_mismatch, queue_full.
   */
  createJob(request: {
    readonly id: string;
    readonly title: string;
    readonly input: Json;
    readonly priority?: Priority | undefined;
    readonly idempotencyKey?: string | undefined;
    /** Tells requests apart that come with the same key. */
    readonly requestHash?: string | undefined;
    /** Who is told when it ends. */
    readonly webhook?: Webhook | undefined;
  }): Promise<{ readonly job: Job; readonly isNew: boolean }>;
  /** @throws {AuraError} job_not_found, job_finished. */
  cancel(jobId: string): Promise<Job>;
  /** @throws {AuraError} job_not_found, job_not_finished, job_finished, queue_full. */
  retry(jobId: string): Promise<Job>;
  /** @throws {AuraError} job_not_found, job_finished, job_cancelled. */
  pause(jobId: string): Promise<Job>;
  /** @throws {AuraError} job_not_found, job_finished, job_cancelled. */
  resume(jobId: string): Promise<Job>;
  /** @throws {AuraError} job_not_found, job_not_finished. */
  delete(jobId: string): Promise<void>;
}

/** What a file turned out to be, once its content was looked at. */
export type InspectedAsset = Pick<Asset, 'kind' | 'contentType' | 'width' | 'height' | 'durationSeconds'>;

/** The body of `POST /api/jobs`, parsed. */
export type JobRequest = z.output<typeof createJobSchema>;

/** Everything the HTTP API is joined to. */
export interface HttpDependencies {
  readonly version: string;
  readonly database: Database;
  readonly hub: EventHub;
  readonly engine: JobEngine;
  /** Turns a valid request into a job's title and input. @throws {AuraError} */
  prepare(request: JobRequest): Promise<{ readonly title: string; readonly input: Json }>;
  /** Says what an export of that input would do. */
  planExport(prepared: { readonly title: string; readonly input: Json }): Promise<ExportPlan>;
  /** Told when somebody seems about to order a video: who opened the page, or uploads files. */
  expectJob?(): void;
  /** Sniffs and opens an uploaded file. @throws {AuraError} asset_unsupported, picture_invalid, audio_invalid. */
  inspectAsset(file: string, name: string): Promise<InspectedAsset>;
  /** The newest picture of what is being drawn, JPEG; undefined when there is none. */
  preview(jobId: string): Promise<Uint8Array | undefined>;
  readonly storage: Storage;
  voices(): Promise<readonly VoiceInfo[]>;
  health(): Promise<Health>;
  /** Folder of the built page; without it only the API is served. */
  readonly webRoot?: string;
  /** Host names, besides loopback names and IP addresses, under which the server may be addressed; `*` allows all. */
  readonly allowedHosts?: readonly string[];
  readonly logger?: FastifyBaseLogger;
  /** How long an event stream waits for a job that does not exist yet; default 20. */
  readonly streamWaitSeconds?: number;
  /** Time between comments on a silent stream; default 10. */
  readonly heartbeatSeconds?: number;
  /** Largest uploaded file; default `limits.assetBytes`. */
  readonly assetBytes?: number;
}
