import { z } from 'zod';
import { type Artifact, AuraError, type Job } from '../protocol/index.ts';
import { artifactKey } from '../storage/artifact-key.ts';
import type { App } from './app.ts';
import { contentDisposition, fileNameFor } from './content-disposition.ts';
import type { HttpDependencies } from './dependencies.ts';
import { findJob } from './jobs.ts';
import { emptyResponse, fileResponse, jobParamsSchema, problemResponses } from './responses.ts';
import { sendStoredFile } from './stored-file.ts';

type Needs = Pick<HttpDependencies, 'database' | 'storage'>;

export function jobArtifactRoutes(app: App, { database, storage }: Needs): void {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/jobs/:id/artifacts/:name',
    schema: artifactSchema,
    async handler(request, reply) {
      const { id, name } = request.params;
      const job = await findJob(database, id);
      const artifact = findArtifact(job, name);
      const isDownload = request.query.download !== undefined;
      return sendStoredFile(
        { storage, request, reply },
        {
          key: artifactKey(artifact),
          sizeBytes: artifact.sizeBytes,
          sha256: artifact.sha256,
          contentType: artifact.contentType,
          missing: 'artifact_not_found',
          disposition: contentDisposition(
            isDownload ? 'attachment' : 'inline',
            fileNameFor(job.title, endingOf(name)),
          ),
        },
      );
    },
  });
}

const artifactSchema = {
  operationId: 'getArtifact',
  summary: 'A file the job made; takes Range, If-Range and If-None-Match',
  tags: ['jobs'],
  params: jobParamsSchema.extend({ name: z.string().describe('For example video.mp4.') }),
  querystring: z.looseObject({
    download: z.string().optional().describe('When present, the file is to be saved under the job’s title.'),
  }),
  response: {
    200: fileResponse('The whole file.', 'video/mp4', 'application/x-subrip', 'text/vtt', 'image/jpeg'),
    206: fileResponse('The bytes asked for.', 'video/mp4'),
    304: emptyResponse('The file is the one in If-None-Match.'),
    ...problemResponses,
  },
};

/**
 * What follows the title in the name a file is saved under. Video and subtitles differ in nothing else, so that players find
 * them together; of several videos each has its name: `.mp4`, `.srt`, `.poster.jpg`, `.tall.mp4`.
 */
function endingOf(name: string): string {
  const rest = name.replace(/(?:^|-)(?:video|captions)(?=\.)/, '');
  return rest.startsWith('.') ? rest : `.${rest}`;
}

function findArtifact(job: Job, name: string): Artifact {
  const found = job.artifacts.find((artifact) => artifact.name === name);
  if (found !== undefined) return found;
  const names = job.artifacts.map((artifact) => artifact.name).join(', ') || 'none yet';
  throw new AuraError('artifact_not_found', `The job has no ${JSON.stringify(name)}; it has: ${names}.`);
}
