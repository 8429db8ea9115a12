import { healthSchema } from '../protocol/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies } from './dependencies.ts';
import { jsonResponse } from './responses.ts';

export function healthRoutes(app: App, { health }: Pick<HttpDependencies, 'health'>): void {
  const schema = {
    operationId: 'getHealth',
    summary: 'Whether the server can do its work',
    tags: ['server'],
    response: {
      200: jsonResponse('All is well.', healthSchema),
      503: jsonResponse('A check failed; `checks` says which.', healthSchema),
    },
  };
  app.get('/api/health', { schema }, async (_request, reply) => {
    const report = await health();
    reply.header('cache-control', 'no-store');
    return reply.code(report.status === 'ok' ? 200 : 503).send(report);
  });
}
