import { webhookLogSchema } from '../protocol/index.ts';
import { readWebhookLog } from '../store/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies } from './dependencies.ts';
import { findJob } from './jobs.ts';
import { jobParamsSchema, jsonResponse, problemResponses } from './responses.ts';

export function webhookRoutes(app: App, { database }: Pick<HttpDependencies, 'database'>): void {
  const schema = {
    operationId: 'getWebhookLog',
    summary: 'What was posted to the job’s webhook: each try, what was answered, when the next one is',
    tags: ['jobs'],
    params: jobParamsSchema,
    response: { 200: jsonResponse('The delivery log.', webhookLogSchema), ...problemResponses },
  };
  app.get('/api/jobs/:id/webhooks', { schema }, async (request, reply) => {
    await findJob(database, request.params.id);
    reply.header('cache-control', 'no-store');
    return readWebhookLog(database, request.params.id);
  });
}
