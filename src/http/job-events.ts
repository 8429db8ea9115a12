import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AuraError, limits } from '../protocol/index.ts';
import type { JobState } from '../store/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies } from './dependencies.ts';
import { followJob } from './event-stream/follow-job.ts';
import { snapshotFrame } from './event-stream/frames.ts';
import { StreamClosed, streamHeaders } from './event-stream/open-stream.ts';
import { parsePosition, startOf } from './event-stream/position.ts';
import { createAdmission, serveStream } from './event-stream/serve-stream.ts';
import { emptyResponse, jobParamsSchema, problemResponses } from './responses.ts';

type Needs = Pick<HttpDependencies, 'hub' | 'streamWaitSeconds' | 'heartbeatSeconds'>;

export function jobEventRoutes(app: App, needs: Needs): void {
  const { admit } = createAdmission(app);
  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/jobs/:id/events',
    schema: eventsSchema,
    async handler(request, reply) {
      const jobId = request.params.id;
      return admit(reply, (closing) => answer({ request, reply, jobId, closing }, needs));
    },
  });
}

const eventsSchema = {
  operationId: 'watchJob',
  summary: 'Follow a job live (Server-Sent Events)',
  description: [
    'The first frame is `snapshot`: the whole Job. Then each JobEvent of its log: the SSE type is its `kind`, the id its',
    '`seq`. With a position the log has, the stream begins behind it instead, without a snapshot. Between them come',
    '`progress` (Live) and `preview` ({"url"}), which have no id. After the terminal event (`completed`, `failed`,',
    '`cancelled`) the stream ends. The address may be opened before the job is created.',
  ].join(' '),
  tags: ['jobs'],
  params: jobParamsSchema,
  headers: z.looseObject({ 'last-event-id': z.string().optional().describe('The last `seq` received.') }),
  querystring: z.looseObject({
    lastEventId: z
      .string()
      .optional()
      .describe('The same, for clients that cannot set the header, which wins.'),
  }),
  response: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    204: emptyResponse('The job has ended and the client has all of it: do not connect again.'),
    ...problemResponses,
  },
};

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly jobId: string;
  /** Aborts when the client has gone or the server closes. */
  readonly closing: AbortController;
}

async function answer(visit: Visit, needs: Needs): Promise<FastifyReply> {
  const { request, reply, jobId, closing } = visit;
  const began = performance.now();
  const log = (outcome: string, waitedMs: number) =>
    request.log.info({ waitedMs: Math.round(waitedMs), outcome }, 'event stream');
  const state = await findOrAwait(visit, needs);
  const waitedMs = performance.now() - began;
  if (state === undefined) {
    const { reason } = closing.signal;
    log(reason instanceof StreamClosed ? reason.message : 'not found', waitedMs);
    // Nobody is there to read an answer, and nothing went wrong.
    if (reply.raw.destroyed) return reply.hijack();
    throw missing(visit, waitedMs);
  }
  const start = startOf(state.job, positionOf(request));
  if (start.kind === 'nothing-left') {
    log('nothing left', waitedMs);
    return reply.code(204).header('cache-control', 'no-store').send();
  }
  if (request.method === 'HEAD') return reply.headers(streamHeaders).send();
  const { hub, heartbeatSeconds = 10 } = needs;
  const outcome = await serveStream({ ...visit, heartbeatSeconds }, async (stream) => {
    if (start.kind === 'snapshot') await stream.send(snapshotFrame(state.job));
    await followJob({ jobId, after: start.after, live: state.live, hub, stream });
  });
  log(outcome, waitedMs);
  return reply;
}

/** The job; waits for one that is not there yet, because a client may open its stream before it posts. */
async function findOrAwait({ request, jobId, closing }: Visit, needs: Needs): Promise<JobState | undefined> {
  const state = await needs.hub.readJob(jobId);
  if (state !== undefined || request.method === 'HEAD') return state;
  const timeoutSeconds = needs.streamWaitSeconds ?? limits.streamWaitSeconds;
  await needs.hub.waitForJob(jobId, { timeoutSeconds, signal: closing.signal });
  return closing.signal.aborted ? undefined : needs.hub.readJob(jobId);
}

function missing({ jobId, closing }: Visit, waitedMs: number): AuraError {
  if (closing.signal.aborted) return new AuraError('shutting_down', 'The server is being stopped.');
  return new AuraError('job_not_found', `No job ${jobId} appeared in ${(waitedMs / 1_000).toFixed(1)} s.`);
}

function positionOf({ headers, query }: FastifyRequest): number | undefined {
  const asked = z.object({ lastEventId: z.string().optional() }).safeParse(query).data;
  return parsePosition([headers['last-event-id']].flat()[0], asked?.lastEventId);
}
