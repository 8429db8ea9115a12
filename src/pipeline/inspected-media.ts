import type { z } from 'zod';
import { assetSchema } from '../protocol/index.ts';

/** What a file turned out to be. */
export const inspectedMediaSchema = assetSchema.pick({
  kind: true,
  contentType: true,
  width: true,
  height: true,
  durationSeconds: true,
});
export type InspectedMedia = z.output<typeof inspectedMediaSchema>;
