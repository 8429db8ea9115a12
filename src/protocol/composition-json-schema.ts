import { z } from 'zod';
import { compositionSchema } from './composition.ts';

/** The JSON Schema (draft 2020-12) of what `POST /api/jobs` accepts as `composition`; defaults may be left out. */
export function compositionJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(compositionSchema, { io: 'input' }),
    $id: '/api/schemas/composition.json',
    title: 'Aura composition, version 1',
    description: 'A whole video as data: its size, voice, music and scenes.',
  };
}
