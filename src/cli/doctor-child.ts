import { toFailure } from '../protocol/index.ts';
import type { ProbeAnswer } from './doctor-probe.ts';
import { probes } from './doctor-probes.ts';

const name = process.argv[2];
const probe = Object.entries(probes).find(([known]) => known === name)?.[1];
if (probe === undefined) throw new Error(`there is no probe named ${name}`);

const answer: ProbeAnswer = await probe().then(
  (detail) => ({ detail }),
  (error: unknown) => ({ failure: toFailure(error) }),
);
process.send?.(answer, () => process.disconnect());
