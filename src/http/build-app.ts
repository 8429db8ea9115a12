import { fastify, LogController } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { AuraError, limits } from '../protocol/index.ts';
import { allEventRoutes } from './all-events.ts';
import { apiDocs } from './api-docs.ts';
import type { App } from './app.ts';
import { assetRoutes } from './assets.ts';
import type { HttpDependencies } from './dependencies.ts';
import { healthRoutes } from './health.ts';
import { jobArtifactRoutes } from './job-artifacts.ts';
import { jobEventRoutes } from './job-events.ts';
import { nameJobInLog } from './job-in-log.ts';
import { jobPreviewRoutes } from './job-preview.ts';
import { jobRoutes } from './jobs.ts';
import { acceptJsonBodies } from './json-body.ts';
import { watchMethods } from './known-methods.ts';
import { malformedRequestHandler } from './malformed-request.ts';
import { guardOrigin } from './origin-guard.ts';
import { pageRoutes, sendPage, wantsPage } from './page.ts';
import { planRoutes } from './plan.ts';
import { sendProblem } from './problem.ts';
import { requestIdOf } from './request-id.ts';
import { schemaRoutes } from './schemas.ts';
import { validatorCompiler } from './validation.ts';
import { voiceRoutes } from './voices.ts';
import { webhookRoutes } from './webhooks.ts';

/**
 * The HTTP API and, when it is built, the page. Never listens by itself: call `listen` or `inject`. `ready` (and so
 * `listen`) rejects when two handlers claim one route. `close` ends open event streams first.
 */
export function buildApp(needs: HttpDependencies): App {
  const app = fastify({
    ...(needs.logger !== undefined && { loggerInstance: needs.logger }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    // Refused by guardOrigin instead, with a body that says so.
    http: { requireHostHeader: false },
    // Fastify's own answer while it closes is not a problem+json; addHooks gives one that is.
    return503OnClosing: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: requestTimeoutMilliseconds,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: malformedRequestHandler,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  acceptJsonBodies(app);
  addHooks(app, needs);
  answerErrors(app, needs.webRoot !== undefined);
  app.register(async (scope: App) => addRoutes(scope, needs));
  return app;
}

/** How long a client may take to send its whole request: an upload over a slow line, but not for ever. */
const requestTimeoutMilliseconds = 15 * 60_000;

function addHooks(
  app: App,
  { allowedHosts = [], expectJob, webRoot }: Pick<HttpDependencies, 'allowedHosts' | 'expectJob' | 'webRoot'>,
): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
    nameJobInLog(request, reply);
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    const fetchSite = [site].flat()[0];
    guardOrigin({ method: request.method, host, origin, fetchSite }, allowedHosts);
    if (isClosing) throw new AuraError('shutting_down', 'The server takes no new requests.');
    if (webRoot !== undefined && wantsPage(request)) expectJob?.();
  });
  app.addHook('onResponse', async (request, reply) => {
    const entry = {
      method: request.method,
      url: request.url,
      status: reply.statusCode,
      ms: reply.elapsedTime,
    };
    request.log[request.method === 'GET' ? 'debug' : 'info'](entry, 'request answered');
  });
}

function answerErrors(app: App, hasPage: boolean): void {
  const methodsOf = watchMethods(app);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    if (hasPage && wantsPage(request)) return sendPage(reply);
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = methodsOf(path);
    if (methods.length === 0 || methods.includes(request.method)) {
      return sendProblem(new AuraError('route_not_found', `There is nothing at ${path}.`), request, reply);
    }
    const allow = methods.toSorted().join(', ');
    reply.header('allow', allow);
    const detail = `${path} takes ${allow}, not ${request.method}.`;
    return sendProblem(new AuraError('method_not_allowed', detail), request, reply);
  });
}

async function addRoutes(app: App, needs: HttpDependencies): Promise<void> {
  await apiDocs(app, needs.version);
  jobRoutes(app, needs);
  jobEventRoutes(app, needs);
  allEventRoutes(app, needs);
  jobArtifactRoutes(app, needs);
  jobPreviewRoutes(app, needs);
  planRoutes(app, needs);
  assetRoutes(app, needs);
  voiceRoutes(app, needs);
  webhookRoutes(app, needs);
  schemaRoutes(app);
  healthRoutes(app, needs);
  if (needs.webRoot !== undefined) pageRoutes(app, needs.webRoot);
}
