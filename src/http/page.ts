import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';

/**
 * Serves the built page. Its own addresses (`/jobs/<id>`) exist only in the browser: each of them is answered with
 * index.html by `sendPage`.
 */
export function pageRoutes(app: App, webRoot: string): void {
  app.register(fastifyStatic, {
    root: webRoot,
    cacheControl: false,
    setHeaders(reply, file) {
      // Vite puts a hash of the content into the names of these files.
      const isHashed = file.includes('/assets/');
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (file.endsWith('.html')) reply.header('content-security-policy', pagePolicy);
    },
  });
}

/** Everything comes from our own origin; Mantine writes style elements, previews and uploads are blob: URLs. */
const pagePolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data: https: http:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Whether a browser asks for an address of the page itself. */
export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    !/^\/(api|docs)(\/|$|\?)/.test(url) &&
    (headers.accept ?? '').includes('text/html')
  );
}

export function sendPage(reply: FastifyReply): FastifyReply {
  return reply.sendFile('index.html');
}
