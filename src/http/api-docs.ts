import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App } from './app.ts';
import { finishDocument } from './openapi-document.ts';
import { schemaNames } from './responses.ts';

/** Collects the routes that come after it into an OpenAPI document, and serves that as JSON and as a page. */
export async function apiDocs(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Aura', version, description: 'Turns a script into a narrated, captioned video.' },
      tags: [
        { name: 'jobs', description: 'Exports: create, follow, stop, fetch.' },
        { name: 'assets', description: 'Pictures and sounds for scripts to use.' },
        { name: 'voices', description: 'Who can speak.' },
        { name: 'server', description: 'The server itself.' },
      ],
    },
    transform: createJsonSchemaTransform(options),
    transformObject: (document) => finishDocument(nameSchemas(document)),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: docsPolicy,
    theme: { title: 'Aura API' },
    uiConfig: { displayOperationId: true },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

const options = {
  schemaRegistry: schemaNames,
  zodToJsonConfig: {
    /** Descriptions are kept in Zod's own registry, which is not consulted when names come from another. */
    override({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: object }) {
      Object.assign(jsonSchema, z.globalRegistry.get(zodSchema));
    },
  },
};
const nameSchemas = createJsonSchemaTransformObject(options);

/** Swagger UI draws with inline styles; everything else comes from our own origin. */
const docsPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
