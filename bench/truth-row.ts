import type { Row } from './markdown-table.ts';
import type { Truth } from './truth-of.ts';

/** What the bar and the estimate are to reach; the estimate has it harder where the machine is known already. */
export const aims = {
  distance: 0.1,
  jump: 0.03,
  silenceSeconds: 1.5,
  etaError: { cold: 0.15, known: 0.1 },
} as const;

/** In an export as short as this the bar has no time to show anything: how far off it was says nothing. */
const meaningfulSeconds = 2;

export const legend = [
  `Aims: distance at most ${aims.distance}, jump ${aims.jump}, silence ${aims.silenceSeconds} s, median error of the ETA after the first`,
  `fifth ${aims.etaError.cold} on a machine nothing is known of (cold), else ${aims.etaError.known}. **Missed** where bold.`,
  `"–": the export took less than ${meaningfulSeconds} s, in which distance and jump say nothing.`,
].join('\n');

/** A line of the table: each figure, bold where it misses its aim. */
export function truthRow(name: string, truth: Truth, { isCold }: { readonly isCold: boolean }): Row {
  const { totalSeconds, distance, jump, silenceSeconds, etaShare, etaError } = truth;
  const isMeaningful = totalSeconds >= meaningfulSeconds;
  const mark = (value: number, aim: number) => (value > aim ? `**${value}**` : value);
  const inTime = (value: number, aim: number) => (isMeaningful ? mark(value, aim) : `– (${value})`);
  return {
    export: name,
    s: totalSeconds,
    distance: inTime(distance, aims.distance),
    jump: inTime(jump, aims.jump),
    'silence s': mark(silenceSeconds, aims.silenceSeconds),
    'ETA shown': `${Math.round(etaShare * 100)} %`,
    'ETA error': etaError === null ? 'none' : mark(etaError, aims.etaError[isCold ? 'cold' : 'known']),
  };
}
