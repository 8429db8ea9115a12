import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { JobChoice } from '../store/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies } from './dependencies.ts';
import { followAll } from './event-stream/follow-all.ts';
import { streamHeaders } from './event-stream/open-stream.ts';
import { createAdmission, serveStream } from './event-stream/serve-stream.ts';
import { jobIdsSchema } from './job-ids.ts';
import { problemResponses } from './responses.ts';

type Needs = Pick<HttpDependencies, 'database' | 'hub' | 'heartbeatSeconds'>;

export function allEventRoutes(app: App, needs: Needs): void {
  const { admit } = createAdmission(app);
  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/events',
    schema: eventsSchema,
    async handler(request, reply) {
      const { ids, newest } = request.query;
      const choice = ids === undefined ? { newest } : { ids };
      return admit(reply, (closing) => answer({ request, reply, closing, choice }, needs));
    },
  });
}

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly closing: AbortController;
  readonly choice: JobChoice;
}

async function answer(
  { request, reply, closing, choice }: Visit,
  { database, hub, heartbeatSeconds = 10 }: Needs,
): Promise<FastifyReply> {
  if (request.method === 'HEAD') return reply.headers(streamHeaders).send();
  const visit = { request, reply, closing, heartbeatSeconds };
  const outcome = await serveStream(visit, (stream) => followAll({ choice, database, hub, stream }));
  request.log.info({ outcome }, 'event stream of all jobs');
  return reply;
}

const eventsSchema = {
  operationId: 'watchAllJobs',
  summary: 'Follow all jobs live over one connection (Server-Sent Events)',
  description: [
    'Begins with a `snapshot` (Job) of each job of the list, then `listed` ({"jobIds"}): the list is complete. After that each',
    'logged event of each job, its SSE type the `kind`, its data {"jobId", "event": JobEvent}; `progress` with the newest',
    'figures, {"jobId", "live": Live}; `deleted` ({"jobId"}); and a `snapshot` of each job that joins the list. No message has',
    'an id: a client that comes back, or may have missed something, gets the list anew. The stream has no end.',
  ].join(' '),
  tags: ['jobs'],
  querystring: z.looseObject({
    ids: jobIdsSchema,
    newest: z.coerce
      .number()
      .int()
      .min(0)
      .max(100)
      .default(20)
      .describe('How many of the newest jobs to begin with, besides those that have not ended.'),
  }),
  response: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...problemResponses,
  },
};
