import { z } from 'zod';
import {
  assetListSchema,
  assetSchema,
  compositionSchema,
  createJobSchema,
  eventSchema,
  healthSchema,
  jobListSchema,
  jobSchema,
  liveSchema,
  problemSchema,
  voiceListSchema,
} from '../protocol/index.ts';
import { problemType } from './problem.ts';

/** The schemas that have a name of their own in the OpenAPI document. */
export const schemaNames = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries({
  Asset: assetSchema,
  AssetList: assetListSchema,
  Composition: compositionSchema,
  CreateJob: createJobSchema,
  Health: healthSchema,
  Job: jobSchema,
  JobEvent: eventSchema,
  JobList: jobListSchema,
  Live: liveSchema,
  Problem: problemSchema,
  VoiceList: voiceListSchema,
})) {
  schemaNames.add(schema, { id });
}

const problem = (description: string) => ({
  description,
  content: { [problemType]: { schema: problemSchema } },
});

/** What every route may answer instead of what was asked for. */
export const problemResponses = {
  '4xx': problem('The request cannot be served as it is; `code` and `action` say why and what to do.'),
  '5xx': problem('The server failed; `retryable` says whether trying again can help.'),
};

/** A response that is JSON. */
export function jsonResponse<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } };
}

/** A response without a body. */
export const emptyResponse = (description: string) =>
  z.null().meta({ 'x-response-description': description });

/** A response that is a file or a stream, not JSON. */
export const fileResponse = (description: string, ...contentTypes: readonly string[]) => ({
  description,
  content: Object.fromEntries(contentTypes.map((type) => [type, { schema: fileSchema }])),
});

/** Not checked: bytes are passed on as they are. */
const fileSchema = z.unknown().meta({ type: 'string', format: 'binary' });

export const jobParamsSchema = z.strictObject({ id: z.uuid().toLowerCase().describe('The job’s id.') });
