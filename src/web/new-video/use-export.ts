import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { type Asset, AuraError, type Composition, type Failure, toFailure } from '../../protocol/index.ts';
import { withSources } from '../../script/index.ts';
import { aura } from '../aura.ts';
import { newJobId } from './job-id.ts';
import type { FileMatch } from './match-files.ts';
import type { Plan } from './plan.ts';

export interface ExportOrder {
  readonly composition: Composition;
  readonly matches: readonly FileMatch[];
}

/** Uploads the files, creates the job and goes to its page. */
export function useExport(plan: Plan) {
  const navigate = useNavigate();
  const idFor = useJobIds();
  const [step, setStep] = useState<'idle' | 'uploading' | 'creating'>('idle');
  const [failed, setFailed] = useState<{ readonly failure: Failure; readonly plan: Plan }>();

  const start = async ({ composition, matches }: ExportOrder) => {
    setFailed(undefined);
    try {
      setStep('uploading');
      const assets = await uploadAll(matches);
      setStep('creating');
      const jobId = idFor(composition);
      await createJob(jobId, withSources(composition, assets));
      await navigate({ to: '/jobs/$jobId', params: { jobId } });
    } catch (error) {
      setFailed({ failure: toFailure(error), plan });
      setStep('idle');
    }
  };
  // What was wrong with another version says nothing about this one.
  return { start, step, failure: failed?.plan === plan ? failed.failure : undefined };
}

/** The same composition keeps its id, so that pressing again after a lost answer finds the job instead of making two. */
function useJobIds() {
  const last = useRef<{ readonly composition: Composition; readonly id: string }>(undefined);
  return (composition: Composition): string => {
    if (last.current?.composition !== composition) last.current = { composition, id: newJobId() };
    return last.current.id;
  };
}

async function createJob(id: string, composition: Composition): Promise<void> {
  try {
    await aura.export({ id, composition });
  } catch (error) {
    if (!(error instanceof AuraError && error.code === 'job_exists')) throw error;
  }
}

/** Asset ids by the names the script uses. */
async function uploadAll(matches: readonly FileMatch[]): Promise<Record<string, Asset['id']>> {
  const dropped = matches.filter((match) => match.file !== undefined);
  const files = dropped.flatMap(({ file }) =>
    file === undefined ? [] : { name: file.name, data: file.file },
  );
  const assets = files.length === 0 ? [] : await aura.upload(files);
  return Object.fromEntries(
    dropped.flatMap(({ source }, index) => {
      const asset = assets[index];
      return asset === undefined ? [] : [[source, asset.id]];
    }),
  );
}
