import type { Row } from './markdown-table.ts';
import type { Truth } from './truth-of.ts';

/** What the bar and the estimate are to reach; the estimate has it harder where the machine is known already. */
export const aims = {
  distance: 0.1,
  jump: 0.03,
  silenceSeconds: 1.5,
  etaError: { cold: 0.15, known: 0.1 },
} as const;

/**
 * From how long an export a figure says something: in two seconds a bar has no time to show anything, and five times a second
 * it moves by more than the aim, however evenly, until an export takes seven.
 */
const meaningfulSeconds = { distance: 2, jump: 7, eta: 2 } as const;

export const legend = [
  `Aims: distance at most ${aims.distance}, jump ${aims.jump}, silence ${aims.silenceSeconds} s, median error of the ETA after the first`,
  `fifth ${aims.etaError.cold} on a machine nothing is known of (cold), else ${aims.etaError.known}. **Missed** where bold.`,
  `"–": says nothing, the export took less than ${meaningfulSeconds.distance} s (distance, ETA) or ${meaningfulSeconds.jump} s (jump).`,
].join('\n');

/** A line of the table: each figure, bold where it misses its aim. */
export function truthRow(name: string, truth: Truth, { isCold }: { readonly isCold: boolean }): Row {
  const { totalSeconds, distance, jump, silenceSeconds, etaShare } = truth;
  const ofLong = (figure: 'distance' | 'jump', value: number) =>
    totalSeconds < meaningfulSeconds[figure] ? `– (${value})` : mark(value, aims[figure]);
  return {
    export: name,
    s: totalSeconds,
    distance: ofLong('distance', distance),
    jump: ofLong('jump', jump),
    'silence s': mark(silenceSeconds, aims.silenceSeconds),
    'ETA shown': `${Math.round(etaShare * 100)} %`,
    'ETA error': etaOf(truth, aims.etaError[isCold ? 'cold' : 'known']),
  };
}

function etaOf({ totalSeconds, etaError }: Truth, aim: number): string | number {
  if (etaError === null) return 'none';
  return totalSeconds < meaningfulSeconds.eta ? `– (${etaError})` : mark(etaError, aim);
}

function mark(value: number, aim: number): string | number {
  return value > aim ? `**${value}**` : value;
}
