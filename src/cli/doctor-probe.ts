import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AuraError, failureSchema, fromFailure } from '../protocol/index.ts';

export type ProbeName = 'speech' | 'drawing' | 'video';

/** What a probe's process tells its parent. */
export const probeAnswerSchema = z.union([
  z.strictObject({ detail: z.string() }),
  z.strictObject({ failure: failureSchema }),
]);
export type ProbeAnswer = z.output<typeof probeAnswerSchema>;

/** Longest a probe may take, in seconds. */
const deadlineSeconds = 60;

/**
 * Tries one part in a process of its own: native code that crashes on this machine ends that, and is reported.
 *
 * @throws {AuraError} what the probe threw, or how its process ended.
 */
export function probeInChild(name: ProbeName): Promise<string> {
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./doctor-child.ts', import.meta.url));
    const child = fork(file, [name], {
      timeout: deadlineSeconds * 1000,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-2_000);
    });
    child.on('message', (message) => {
      const answer = probeAnswerSchema.parse(message);
      if ('detail' in answer) resolve(answer.detail);
      else reject(fromFailure(answer.failure));
    });
    child.on('error', reject);
    child.on('close', (code, signal) => reject(new AuraError('internal', endText({ code, signal, errors }))));
  });
}

function endText(end: { code: number | null; signal: string | null; errors: string }): string {
  const how = end.signal === null ? `ended with code ${end.code}` : `was ended by ${end.signal}`;
  const last = end.errors.trim().split('\n').at(-1) ?? '';
  return `The process that tried it ${how}${last === '' ? '' : `: ${last}`}.`;
}
