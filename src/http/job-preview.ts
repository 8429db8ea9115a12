import { z } from 'zod';
import { AuraError } from '../protocol/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies } from './dependencies.ts';
import { fileResponse, jobParamsSchema, problemResponses } from './responses.ts';

export function jobPreviewRoutes(app: App, { preview }: Pick<HttpDependencies, 'preview'>): void {
  const schema = {
    operationId: 'getPreview',
    summary: 'A small picture of a frame drawn lately',
    tags: ['jobs'],
    params: jobParamsSchema,
    // The job’s `preview` carries a number that makes each picture’s address its own.
    querystring: z.looseObject({}),
    response: { 200: fileResponse('A JPEG.', 'image/jpeg'), ...problemResponses },
  };
  app.get('/api/jobs/:id/preview', { schema }, async (request, reply) => {
    const jpeg = await preview(request.params.id);
    if (jpeg === undefined) {
      throw new AuraError('artifact_not_found', `Nothing was drawn lately for a job ${request.params.id}.`);
    }
    reply.header('cache-control', 'no-store').type('image/jpeg');
    return reply.send(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
  });
}
