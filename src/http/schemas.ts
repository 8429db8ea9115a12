import { z } from 'zod';
import { compositionSchema } from '../protocol/index.ts';
import type { App } from './app.ts';
import { jsonResponse } from './responses.ts';

export function schemaRoutes(app: App): void {
  const schema = {
    operationId: 'getCompositionSchema',
    summary: 'The JSON Schema of a composition',
    tags: ['server'],
    response: { 200: jsonResponse('JSON Schema, draft 2020-12.', z.looseObject({})) },
  };
  const composition = z.toJSONSchema(compositionSchema, { io: 'input', target: 'draft-2020-12' });
  app.get('/api/schemas/composition.json', { schema }, async () => ({
    title: 'Aura composition',
    ...composition,
  }));
}
