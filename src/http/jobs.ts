import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  AuraError,
  createJobSchema,
  type Job,
  jobListSchema,
  jobSchema,
  withLive,
} from '../protocol/index.ts';
import { type Database, listJobs, readJob } from '../store/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies } from './dependencies.ts';
import { jobCommandRoutes } from './job-commands.ts';
import { jobIdsSchema } from './job-ids.ts';
import { requestHash } from './request-hash.ts';
import { jobParamsSchema, jsonResponse, problemResponses } from './responses.ts';

type Needs = Pick<HttpDependencies, 'database' | 'engine' | 'prepare'>;

export function jobRoutes(app: App, needs: Needs): void {
  createRoute(app, needs);
  listRoute(app, needs);
  readRoute(app, needs);
  jobCommandRoutes(app, needs);
}

/** The job as everybody sees it. @throws {AuraError} job_not_found. */
export async function findJob(database: Database, jobId: string): Promise<Job> {
  const state = await readJob(database, jobId);
  if (state === undefined) throw new AuraError('job_not_found', `No job has the id ${jobId}.`);
  return withLive(state.job, state.live);
}

const tags = ['jobs'];

function createRoute(app: App, { engine, prepare }: Needs): void {
  const schema = {
    operationId: 'createJob',
    summary: 'Export a video',
    tags,
    headers: z.looseObject({
      'idempotency-key': z
        .string()
        .min(1)
        .max(200)
        .optional()
        .describe('For 24 hours, a request sent again with the same key gets the same job.'),
    }),
    body: createJobSchema,
    response: { 202: jsonResponse('The job.', jobSchema), ...problemResponses },
  };
  app.post('/api/jobs', { schema }, async (request, reply) => {
    const { title, input } = await prepare(request.body);
    const id = request.body.id ?? randomUUID();
    const { job, isNew } = await engine.createJob({
      id,
      title,
      input,
      priority: request.body.priority,
      idempotencyKey: request.headers['idempotency-key'],
      requestHash: requestHash(request.body),
      webhook: request.body.webhook,
    });
    // From here on the log speaks of the job by its id, which may have been chosen only now.
    request.log.info({ jobId: job.id, isNew }, isNew ? 'job created' : 'job found by its idempotency key');
    return reply.code(202).header('location', `/api/jobs/${job.id}`).send(job);
  });
}

function listRoute(app: App, { database }: Needs): void {
  const schema = {
    operationId: 'listJobs',
    summary: 'All jobs, newest first',
    tags,
    querystring: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(20),
      ids: jobIdsSchema,
      cursor: z.string().min(1).max(200).optional().describe('nextCursor of the page before.'),
    }),
    response: { 200: jsonResponse('A page of jobs.', jobListSchema), ...problemResponses },
  };
  app.get('/api/jobs', { schema }, async (request, reply) => {
    const { jobs, nextCursor } = await listJobs(database, request.query);
    reply.header('cache-control', 'no-store');
    return { jobs: jobs.map(({ job, live }) => withLive(job, live)), nextCursor };
  });
}

function readRoute(app: App, { database }: Needs): void {
  const schema = {
    operationId: 'getJob',
    summary: 'One job as it is now',
    tags,
    params: jobParamsSchema,
    response: { 200: jsonResponse('The job.', jobSchema), ...problemResponses },
  };
  app.get('/api/jobs/:id', { schema }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return findJob(database, request.params.id);
  });
}
