import { z } from 'zod';

/**
 * Where a picture, a clip, a sound or a font comes from: `asset:<sha256>` (uploaded), an http(s) URL, or the name it has
 * in the script (a relative path), which the request maps to an asset. Never a path on the server.
 */
export const sourceSchema = z.string().min(1).max(2_000);

export const colorSchema = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, { error: 'must be a colour such as #1b2a4a' })
  .describe('An sRGB colour, #rrggbb.');
