import { createJobSchema, exportPlanSchema } from '../protocol/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies } from './dependencies.ts';
import { jsonResponse, problemResponses } from './responses.ts';

export function planRoutes(
  app: App,
  { prepare, planExport }: Pick<HttpDependencies, 'prepare' | 'planExport'>,
): void {
  const schema = {
    operationId: 'planExport',
    summary: 'What an export would do and how long it would take; nothing is made',
    tags: ['jobs'],
    body: createJobSchema,
    response: { 200: jsonResponse('The plan.', exportPlanSchema), ...problemResponses },
  };
  app.post('/api/plan', { schema }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return await planExport(await prepare(request.body));
  });
}
