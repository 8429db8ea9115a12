import { type Background, limits, type Picture, type Scene, transitionSchema } from '../protocol/index.ts';
import { enumeration, suggestion } from './nearest-name.ts';

/** What directives set on their scene; absent means the composition's default. */
export interface SceneSettings {
  durationSeconds?: number;
  transition?: Scene['transition'];
  background?: Background;
  motion?: Picture['motion'];
  layout?: Scene['layout'];
}

export type DirectiveName = 'duration' | 'transition' | 'background' | 'motion' | 'layout';

/** A value as settings, or what is wrong with it. */
export type DirectiveReading = SceneSettings | { readonly problem: string };

/** How each directive's value is read. */
export const directives = {
  duration: readDuration,
  transition: readTransition,
  background: readBackground,
  motion: (value) => readChoice(value, ['ken-burns', 'none'], (motion) => ({ motion })),
  layout: (value) => readChoice(value, ['title', 'content'], (layout) => ({ layout })),
} as const satisfies Record<DirectiveName, (value: string) => DirectiveReading>;

export const directiveNames: readonly string[] = Object.keys(directives);

export function isDirectiveName(name: string): name is DirectiveName {
  return directiveNames.includes(name);
}

const longestTransitionSeconds = 3;

function readDuration(value: string): DirectiveReading {
  const durationSeconds = readSeconds(value);
  if (durationSeconds === undefined)
    return { problem: `"${value}" is not a duration; write 4s, 1.5s or 500ms` };
  if (durationSeconds <= 0 || durationSeconds > limits.sceneDurationSeconds) {
    return {
      problem: `a scene lasts more than 0s and at most ${limits.sceneDurationSeconds}s, not ${value}`,
    };
  }
  return { durationSeconds };
}

function readTransition(value: string): DirectiveReading {
  const [kind = '', ...rest] = value.split(/\s+/);
  const length = rest.join(' ');
  if (kind === 'cut') {
    return length === ''
      ? { transition: transitionSchema.parse({ kind, durationSeconds: 0 }) }
      : { problem: 'a cut has no duration; write cut, or fade with one' };
  }
  if (kind !== 'fade')
    return { problem: `unknown transition "${value}"${suggestion(kind, ['cut', 'fade'])}` };
  const durationSeconds = length === '' ? 0.5 : readSeconds(length);
  if (durationSeconds === undefined)
    return { problem: `"${length}" is not a duration; write fade 1s or fade 500ms` };
  if (durationSeconds <= 0 || durationSeconds > longestTransitionSeconds) {
    return { problem: `a fade lasts more than 0s and at most ${longestTransitionSeconds}s, not ${length}` };
  }
  return { transition: transitionSchema.parse({ kind, durationSeconds }) };
}

function readBackground(value: string): DirectiveReading {
  const colors = value.split(/\s+/);
  const wrong = colors.find((color) => !/^#[0-9a-fA-F]{6}$/.test(color));
  if (wrong !== undefined) return { problem: `"${wrong}" is not a colour; write it like #1b2a4a` };
  if (colors.length > 4) return { problem: `a gradient has at most 4 colours, not ${colors.length}` };
  const [color = ''] = colors;
  if (colors.length === 1) return { background: { kind: 'color', color } };
  return { background: { kind: 'gradient', colors, angleDegrees: 135 } };
}

function readChoice<Choice extends string>(
  value: string,
  choices: readonly Choice[],
  settings: (choice: Choice) => SceneSettings,
): DirectiveReading {
  const choice = choices.find((candidate) => candidate === value);
  return choice !== undefined ? settings(choice) : { problem: `"${value}" must be ${enumeration(choices)}` };
}

function readSeconds(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s?(ms|s)$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) / (match[2] === 'ms' ? 1000 : 1);
}
