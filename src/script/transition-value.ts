import {
  type Direction,
  directions,
  type Scene,
  type TransitionKind,
  transitionKinds,
  transitionSchema,
} from '../protocol/index.ts';
import { enumeration, suggestion } from './nearest-name.ts';
import { readSeconds } from './read-quantities.ts';

type Transition = Scene['transition'];
type Problem = { readonly problem: string };

const longestSeconds = 3;
const directed: readonly TransitionKind[] = ['wipe', 'slide', 'push'];

/** A kind, then in any order what it has: `cut`, `fade 1s`, `wipe left 600ms`, `dip #ffffff 1s`. */
export function readTransition(value: string): Transition | Problem {
  const [name = '', ...details] = value.replace(/(\d)\s+(?=m?s\b)/g, '$1').split(/\s+/);
  const kind = transitionKinds.find((candidate) => candidate === name);
  if (kind === undefined) {
    return { problem: `unknown transition "${value}"${suggestion(name, transitionKinds)}` };
  }
  if (kind === 'cut') {
    if (details.length > 0) return { problem: 'a cut has no duration; write cut, or fade with one' };
    return transitionSchema.parse({ kind, durationSeconds: 0 });
  }
  const read = readDetails(kind, details);
  return 'problem' in read ? read : transitionSchema.parse({ kind, ...read });
}

interface Details {
  durationSeconds?: number;
  direction?: Direction;
  color?: string;
}

function readDetails(kind: TransitionKind, details: readonly string[]): Details | Problem {
  const read: Details = {};
  for (const detail of details) {
    const one = readDetail(kind, detail);
    if ('problem' in one) return one;
    const [name] = Object.keys(one);
    if (name !== undefined && name in read) return { problem: `"${detail}" comes second; write one of each` };
    Object.assign(read, one);
  }
  return read;
}

function readDetail(kind: TransitionKind, detail: string): Details | Problem {
  const direction = directions.find((candidate) => candidate === detail);
  if (direction !== undefined) {
    if (directed.includes(kind)) return { direction };
    return { problem: `a ${kind} has no direction; ${enumeration(directed)} have one` };
  }
  if (/^#[0-9a-fA-F]{6}$/.test(detail)) {
    return kind === 'dip' ? { color: detail } : { problem: `a ${kind} has no colour; a dip has` };
  }
  const durationSeconds = readSeconds(detail);
  if (durationSeconds === undefined) return { problem: detailProblem(kind, detail) };
  if (durationSeconds <= 0 || durationSeconds > longestSeconds) {
    return { problem: `a ${kind} lasts more than 0s and at most ${longestSeconds}s, not ${detail}` };
  }
  return { durationSeconds };
}

function detailProblem(kind: TransitionKind, detail: string): string {
  if (kind === 'dip') return `"${detail}" is no colour and no duration; write dip #ffffff 1s`;
  if (!directed.includes(kind)) return `"${detail}" is not a duration; write ${kind} 1s or ${kind} 500ms`;
  return `"${detail}" is no direction and no duration; write ${kind} left 600ms: ${enumeration(directions)}`;
}
