import { z } from 'zod';
import { aspectNames, limits, themeNames, voiceSchema } from '../../protocol/index.ts';
import { starterScript } from './starter-script.ts';

const storedSchema = z.object({
  script: z.string(),
  choices: z.object({
    aspect: z.enum(aspectNames).optional(),
    theme: z.enum(themeNames).optional(),
    voice: z
      .union([
        z.literal('by-language'),
        z.object({ provider: voiceSchema.shape.provider.unwrap(), name: z.string() }),
      ])
      .optional(),
  }),
});
export type StoredDraft = z.output<typeof storedSchema>;

const key = 'aura.draft';

/** What this tab was working on before a reload; otherwise something to begin with. */
export function readStoredDraft(): StoredDraft {
  const stored = storedSchema.safeParse(parseJson(sessionStorage.getItem(key)));
  return stored.success ? stored.data : { script: starterScript, choices: {} };
}

/** A script that is too long to be exported is also too long for the browser's storage. */
export function storeDraft({ script, choices }: StoredDraft): void {
  if (script.length > limits.scriptBytes) return;
  sessionStorage.setItem(key, JSON.stringify({ script, choices }));
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    // Written by something else: begin anew.
    return undefined;
  }
}
