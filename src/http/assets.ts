import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Asset, AuraError, assetIdSchema, assetListSchema, limits } from '../protocol/index.ts';
import { assetKey } from '../storage/asset-key.ts';
import { insertAsset, readAsset } from '../store/index.ts';
import type { App } from './app.ts';
import { contentDisposition, fileNameFor } from './content-disposition.ts';
import type { HttpDependencies } from './dependencies.ts';
import { type ReceivedUpload, receiveUploads } from './receive-uploads.ts';
import { emptyResponse, fileResponse, jsonResponse, problemResponses } from './responses.ts';
import { sendStoredFile } from './stored-file.ts';

type Needs = Pick<HttpDependencies, 'database' | 'storage' | 'inspectAsset' | 'expectJob' | 'assetBytes'>;

/** In a scope of its own: no other route takes multipart bodies. */
export function assetRoutes(app: App, needs: Needs): void {
  app.register(async (scope: App) => {
    await scope.register(multipart, {
      throwFileSizeLimit: false,
      limits: { fileSize: needs.assetBytes ?? limits.assetBytes, files: limits.assetsPerUpload, fields: 0 },
    });
    uploadRoute(scope, needs);
    readRoute(scope, needs);
  });
}

function uploadRoute(app: App, needs: Needs): void {
  const schema = {
    operationId: 'uploadAssets',
    summary: 'Store pictures, videos, sounds, fonts and timings for scripts to use',
    description: 'multipart/form-data with one or more files; the names of the fields do not matter.',
    tags: ['assets'],
    consumes: ['multipart/form-data'],
    body: uploadSchema,
    response: { 201: jsonResponse('The assets, in the order sent.', assetListSchema), ...problemResponses },
  };
  app.post('/api/assets', { schema }, async (request, reply) => {
    needs.expectJob?.();
    const folder = await needs.storage.createWorkFolder(`upload-${randomUUID()}`);
    try {
      const assets = await storeUploads(request, folder, needs);
      return await reply.code(201).send({ assets });
    } finally {
      await needs.storage.removeWorkFolder(folder);
    }
  });
}

/** For the documentation: the files are read as a stream, not by this schema. */
const uploadSchema = z.unknown().meta({
  type: 'object',
  properties: { file: { type: 'array', items: { type: 'string', format: 'binary' } } },
});

/** Receives all files before it opens the first: a wrong one then stores none. */
async function storeUploads(request: FastifyRequest, folder: string, needs: Needs): Promise<Asset[]> {
  const inspected: { readonly upload: ReceivedUpload; readonly asset: Asset }[] = [];
  for (const upload of await receiveUploads(request, folder)) {
    inspected.push({ upload, asset: await inspect(upload, needs) });
  }
  for (const { upload, asset } of inspected) {
    await needs.storage.putFile(assetKey(asset.id), upload.file, upload.sha256);
    await insertAsset(needs.database, asset);
  }
  return inspected.map(({ asset }) => asset);
}

async function inspect({ file, name, sizeBytes, sha256 }: ReceivedUpload, needs: Needs): Promise<Asset> {
  const { kind, contentType, width, height, durationSeconds } = await needs.inspectAsset(file, name);
  return {
    id: `asset:${sha256}`,
    name,
    kind,
    contentType,
    sizeBytes,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(durationSeconds !== undefined && { durationSeconds }),
  };
}

const servedTypes = ['image/*', 'video/*', 'audio/*', 'font/*', 'text/vtt', 'application/*'];

/** An SVG opened by itself is a document of our origin. One with scripts is not stored; this holds if one ever is. */
const assetPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox";

function readRoute(app: App, { database, storage }: Needs): void {
  const schema = {
    operationId: 'getAsset',
    summary: 'An uploaded file',
    tags: ['assets'],
    params: z.strictObject({ id: assetIdSchema }),
    response: {
      200: fileResponse('The whole file.', ...servedTypes),
      206: fileResponse('The bytes asked for.', ...servedTypes),
      304: emptyResponse('The file is the one in If-None-Match.'),
      ...problemResponses,
    },
  };
  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/assets/:id',
    schema,
    async handler(request, reply) {
      const asset = await readAsset(database, request.params.id);
      if (asset === undefined)
        throw new AuraError('asset_not_found', `${request.params.id} was not uploaded.`);
      reply.header('content-security-policy', assetPolicy);
      return sendStoredFile(
        { storage, request, reply },
        {
          key: assetKey(asset.id),
          sizeBytes: asset.sizeBytes,
          sha256: asset.id.slice('asset:'.length),
          contentType: asset.contentType,
          missing: 'asset_not_found',
          disposition: contentDisposition('inline', fileNameFor(asset.name, '')),
        },
      );
    },
  });
}
