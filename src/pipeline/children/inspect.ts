import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { toJson } from '../export-input.ts';
import { inspectMedia } from '../inspect-media.ts';

const inputSchema = z.strictObject({ file: z.string(), name: z.string() });

/** Opens an uploaded file apart from the server: whatever a decoder does with it ends this process at most. */
serveChild(async (input) => {
  const { file, name } = inputSchema.parse(input);
  return toJson(await inspectMedia(file, name));
});
