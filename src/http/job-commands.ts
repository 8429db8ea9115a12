import { type Job, jobSchema } from '../protocol/index.ts';
import type { App } from './app.ts';
import type { HttpDependencies, JobEngine } from './dependencies.ts';
import { emptyResponse, jobParamsSchema, jsonResponse, problemResponses } from './responses.ts';

/** What can be done to a job that exists. */
export function jobCommandRoutes(app: App, { engine }: Pick<HttpDependencies, 'engine'>): void {
  for (const { name, carryOut, ...words } of commands) {
    const schema = {
      ...words,
      ...{ tags, params: jobParamsSchema },
      response: { 202: jsonResponse('The job.', jobSchema), ...problemResponses },
    };
    app.post(`/api/jobs/:id/${name}`, { schema }, async (request, reply) => {
      return reply.code(202).send(await carryOut(engine, request.params.id));
    });
  }
  deleteRoute(app, engine);
}

interface Command {
  readonly name: string;
  readonly operationId: string;
  readonly summary: string;
  readonly carryOut: (engine: JobEngine, jobId: string) => Promise<Job>;
}

const tags = ['jobs'];

const commands: readonly Command[] = [
  {
    name: 'cancel',
    operationId: 'cancelJob',
    summary: 'Stop a job and remove what it was making',
    carryOut: (engine, jobId) => engine.cancel(jobId),
  },
  {
    name: 'retry',
    operationId: 'retryJob',
    summary: 'Start a failed or cancelled job again under the same id; finished work is not done twice',
    carryOut: (engine, jobId) => engine.retry(jobId),
  },
  {
    name: 'pause',
    operationId: 'pauseJob',
    summary: 'Begin nothing more of a job; what is being done now is finished first',
    carryOut: (engine, jobId) => engine.pause(jobId),
  },
  {
    name: 'resume',
    operationId: 'resumeJob',
    summary: 'Go on with a paused job',
    carryOut: (engine, jobId) => engine.resume(jobId),
  },
];

function deleteRoute(app: App, engine: JobEngine): void {
  const schema = {
    operationId: 'deleteJob',
    summary: 'Remove an ended job, its files and whatever else only it uses; uploaded assets stay',
    tags,
    params: jobParamsSchema,
    response: { 204: emptyResponse('It is gone.'), ...problemResponses },
  };
  app.delete('/api/jobs/:id', { schema }, async (request, reply) => {
    await engine.delete(request.params.id);
    return reply.code(204).send(null);
  });
}
