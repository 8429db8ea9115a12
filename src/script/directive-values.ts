import { chartKinds, fits, layoutNames, limits, pictureMotions, textMotions } from '../protocol/index.ts';
import { enumeration } from './nearest-name.ts';
import { readDecibels, readLines, readSeconds, readShare, readTime, readYesNo } from './read-quantities.ts';
import type { DirectiveReading, SceneSettings } from './scene-settings.ts';
import { sourceName } from './source-name.ts';
import { readTransition } from './transition-value.ts';

/** How each directive's value is read. */
export const directives = {
  layout: (value) => readChoice(value, layoutNames, (layout) => ({ layout })),
  duration: readDuration,
  transition: readTransitionSetting,
  background: readBackground,
  text: (value) => readChoice(value, textMotions, (textMotion) => ({ textMotion })),
  motion: (value) => readChoice(value, pictureMotions, (motion) => ({ motion })),
  fit: (value) => readChoice(value, fits, (fit) => ({ fit })),
  focus: readFocus,
  clip: readTrim,
  speed: readSpeed,
  loop: (value) => readSwitch(value, (loop) => ({ loop })),
  mute: (value) => readSwitch(value, (muted) => ({ muted })),
  gain: (value) => readGain(value, (gainDb) => ({ gainDb })),
  chart: (value) => readChoice(value, chartKinds, (chart) => ({ chart })),
  lines: readLit,
  'voice-over': (value) => readFile(value, 'voice.wav', (voiceOver) => ({ voiceOver })),
  timing: (value) => readFile(value, 'voice.vtt', (timing) => ({ timing })),
  'voice-gain': (value) => readGain(value, (voiceGainDb) => ({ voiceGainDb })),
} as const satisfies Record<string, (value: string) => DirectiveReading>;

export type DirectiveName = keyof typeof directives;

export const directiveNames: readonly string[] = Object.keys(directives);

export function isDirectiveName(name: string): name is DirectiveName {
  return directiveNames.includes(name);
}

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

function readTransitionSetting(value: string): DirectiveReading {
  const transition = readTransition(value);
  return 'problem' in transition ? transition : { transition };
}

function readBackground(value: string): DirectiveReading {
  const colors = value.split(/\s+/);
  const angle = /^(\d{1,3})deg$/.exec(colors.at(-1) ?? '')?.[1];
  if (angle !== undefined) colors.pop();
  const wrong = colors.find((color) => !/^#[0-9a-fA-F]{6}$/.test(color));
  if (wrong !== undefined) return { problem: `"${wrong}" is not a colour; write it like #1b2a4a` };
  if (colors.length > 4) return { problem: `a gradient has at most 4 colours, not ${colors.length}` };
  const [color = ''] = colors;
  const angleDegrees = Number(angle ?? 135);
  if (angle !== undefined && (colors.length < 2 || angleDegrees > 360)) {
    return { problem: `"${angle}deg" is the angle of a gradient, up to 360deg, behind two to four colours` };
  }
  if (colors.length === 1) return { background: { kind: 'color', color } };
  return { background: { kind: 'gradient', colors, angleDegrees } };
}

function readFocus(value: string): DirectiveReading {
  const shares = value.split(/\s+(?!%)/).map(readShare);
  const [x, y] = shares;
  if (shares.length !== 2 || x === undefined || y === undefined) {
    const example = 'write how far it is from the left and from the top, as in 30% 40%';
    return { problem: `"${value}" is not a point of the picture; ${example}` };
  }
  return { focus: { x, y } };
}

function readTrim(value: string): DirectiveReading {
  const [first = '', second = '', ...more] = value.split(/\s*[-\u2013]\s*/);
  const startSeconds = first === '' ? 0 : readTime(first);
  const endSeconds = second === '' ? undefined : readTime(second);
  const isRange = /[-\u2013]/.test(value) && more.length === 0 && first + second !== '';
  if (!isRange || startSeconds === undefined || (second !== '' && endSeconds === undefined)) {
    const examples = '3s-8.5s, 3s- for all from there on, or 1:05-1:20';
    return { problem: `"${value}" is not a part of a clip; write ${examples}` };
  }
  if (endSeconds !== undefined && endSeconds <= startSeconds) {
    return { problem: `the part ends at ${second}, which is not after it begins` };
  }
  return { trim: { startSeconds, ...(endSeconds !== undefined && { endSeconds }) } };
}

function readSpeed(value: string): DirectiveReading {
  const match = /^(\d{0,2}(?:\.\d{1,3})?)x?$/.exec(value);
  const speed = match?.[1] === undefined || match[1] === '' ? Number.NaN : Number(match[1]);
  const isPossible = speed >= 0.25 && speed <= 4;
  return isPossible
    ? { speed }
    : { problem: `"${value}" is not a speed; write 0.25 to 4, 2 is twice as fast` };
}

function readGain(value: string, settings: (gainDb: number) => SceneSettings): DirectiveReading {
  const gainDb = readDecibels(value);
  const isPossible = gainDb !== undefined && gainDb >= -60 && gainDb <= 20;
  return isPossible ? settings(gainDb) : { problem: `"${value}" is not a level; write -60dB to 20dB` };
}

function readLit(value: string): DirectiveReading {
  const lines = readLines(value);
  return lines === undefined
    ? { problem: `"${value}" does not name lines of code; write 3 or 3-5, counted from 1` }
    : { lines };
}

function readFile(
  value: string,
  example: string,
  settings: (source: string) => SceneSettings,
): DirectiveReading {
  const source = sourceName(value);
  if (source !== undefined) return settings(source);
  return { problem: `"${value}" cannot be used: name a file beside the script, as in ${example}` };
}

function readSwitch(value: string, settings: (isOn: boolean) => SceneSettings): DirectiveReading {
  const isOn = readYesNo(value);
  return isOn === undefined ? { problem: `"${value}" must be yes or no` } : settings(isOn);
}

function readChoice<Choice extends string>(
  value: string,
  choices: readonly Choice[],
  settings: (choice: Choice) => SceneSettings,
): DirectiveReading {
  const choice = choices.find((candidate) => candidate === value);
  return choice !== undefined ? settings(choice) : { problem: `"${value}" must be ${enumeration(choices)}` };
}
