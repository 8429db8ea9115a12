import type { FastifyReply, FastifyRequest } from 'fastify';
import { jobParamsSchema } from './responses.ts';

/** Puts the id of the job that an address names into every line that the request logs from here on. */
export function nameJobInLog(request: FastifyRequest, reply: FastifyReply): void {
  if (request.routeOptions.url?.startsWith('/api/jobs/:id') !== true) return;
  const jobId = jobParamsSchema.shape.id.safeParse(idIn(request.params));
  if (!jobId.success) return;
  request.log = request.log.child({ jobId: jobId.data });
  reply.log = request.log;
}

function idIn(params: unknown): unknown {
  return typeof params === 'object' && params !== null && 'id' in params ? params.id : undefined;
}
