import { voiceListSchema } from '../protocol/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies } from './dependencies.ts';
import { jsonResponse, problemResponses } from './responses.ts';

export function voiceRoutes(app: App, { voices }: Pick<HttpDependencies, 'voices'>): void {
  const schema = {
    operationId: 'listVoices',
    summary: 'The voices a script can name',
    tags: ['voices'],
    response: { 200: jsonResponse('All voices.', voiceListSchema), ...problemResponses },
  };
  app.get('/api/voices', { schema }, async () => ({ voices: [...(await voices())] }));
}
