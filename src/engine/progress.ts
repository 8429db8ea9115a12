import { type PhaseName, phaseNames } from './phases.ts';

/**
 * What a job's bar and estimate are continued from. Work is in the seconds by the clock that it is expected to take, so a
 * speed of 1 is as expected.
 */
export interface Pace {
  /** What the bar shows, 0 to 1. */
  readonly progress: number;
  /** Where it is going: what is done, of which the bar shows a step at a time. */
  readonly target: number;
  /** How fast that has moved of late, in a second by the clock. */
  readonly targetSpeed: number;
  readonly phases: Readonly<Record<PhaseName, PhasePace>>;
  /** How far the speed of the recent steps was from the speed of the phase, as a share. */
  readonly unsteadiness: number;
  /** When it was measured, in milliseconds since 1970; null before the first task began. */
  readonly measuredAt: number | null;
}

/** Recent: older work and time count for less. */
interface PhasePace {
  /** Done work at the last measurement. */
  readonly doneSeconds: number;
  readonly recentWorkSeconds: number;
  /** By the clock, while tasks of the phase ran. */
  readonly recentClockSeconds: number;
}

export interface PhaseMeasure {
  /** Done work, stored results left out. */
  readonly doneSeconds: number;
  /** All work, stored results left out, with the estimate of what is not planned yet. */
  readonly totalSeconds: number;
  readonly isRunning: boolean;
}

export interface Measurement {
  readonly phases: Readonly<Record<PhaseName, PhaseMeasure>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The most a job that is not completed may show. */
export const highestProgress = 0.999;

/** How long the expected speed weighs as much as measured speed, in seconds by the clock. */
const guessClockSeconds = 3;

/** After this time by the clock, measured speed counts half. */
const halfLifeSeconds = 30;

/** In this time by the clock, the bar goes two thirds of the way to where it should be. */
const catchUpSeconds = 0.35;

/** After this time by the clock, two thirds of what is known of the bar's speed is new. */
const targetSpeedSeconds = 1.5;

/** Longer silences are time in which nothing ran, such as between a crash and the restart. */
const longestStepSeconds = 3;

/** A bar at its beginning. */
export function startPace(): Pace {
  const none: PhasePace = { doneSeconds: 0, recentWorkSeconds: 0, recentClockSeconds: 0 };
  const phases = { gather: none, plan: none, make: none, finish: none };
  return { progress: 0, target: 0, targetSpeed: 0, phases, unsteadiness: 0, measuredAt: null };
}

/**
 * Moves the bar to a new measurement. What is left of the bar is spread evenly over the time that is left at each moment,
 * so a plan that replaces an estimate, results that turn out to be stored, or a phase that goes slower than the others
 * change how fast it moves from then on but never where it is. It never goes back: work that has to be done again
 * fills the same part a second time.
 *
 * What is done in one piece, such as a passage that was spoken, is shown within about a second, not in one jump.
 */
export function advancePace(pace: Pace, { phases, now }: Measurement): Pace {
  const silence = pace.measuredAt === null ? 0 : Math.max(0, now - pace.measuredAt) / 1_000;
  const clockSeconds = Math.min(silence, longestStepSeconds);
  const moved = mapPhases((name) => movePhase(pace.phases[name], phases[name], clockSeconds));
  const after = { ...pace, phases: moved };
  const newSeconds = mapPhases((name) =>
    Math.max(0, phases[name].doneSeconds - pace.phases[name].doneSeconds),
  );
  const leftSeconds = mapPhases((name) =>
    Math.max(newSeconds[name], phases[name].totalSeconds - pace.phases[name].doneSeconds),
  );
  const left = clockOf(after, leftSeconds);
  const share = left > 0 ? Math.min(1, clockOf(after, newSeconds) / left) : 0;
  const target = Math.min(pace.target + (1 - pace.target) * share, highestProgress);
  return {
    progress: catchUp(pace, { target, clockSeconds }),
    target,
    targetSpeed: moveTargetSpeed(pace, { target, clockSeconds }),
    phases: moved,
    unsteadiness: unsteadinessOf(after, { newSeconds, clockSeconds }),
    measuredAt: now,
  };
}

interface TargetStep {
  readonly target: number;
  readonly clockSeconds: number;
}

/** Who only went a share of the way to a goal that moves would stay behind it for ever: the goal's own speed is added. */
function catchUp({ progress, targetSpeed }: Pace, { target, clockSeconds }: TargetStep): number {
  const share = 1 - Math.exp(-clockSeconds / catchUpSeconds);
  return Math.min(target, progress + (target - progress) * share + targetSpeed * clockSeconds);
}

function moveTargetSpeed(pace: Pace, { target, clockSeconds }: TargetStep): number {
  if (clockSeconds === 0) return pace.targetSpeed;
  const share = 1 - Math.exp(-clockSeconds / targetSpeedSeconds);
  return pace.targetSpeed + ((target - pace.target) / clockSeconds - pace.targetSpeed) * share;
}

function movePhase(before: PhasePace, measure: PhaseMeasure, clockSeconds: number): PhasePace {
  const newSeconds = Math.max(0, measure.doneSeconds - before.doneSeconds);
  const ran = measure.isRunning || newSeconds > 0 ? clockSeconds : 0;
  const remembered = 0.5 ** (ran / halfLifeSeconds);
  return {
    doneSeconds: measure.doneSeconds,
    recentWorkSeconds: before.recentWorkSeconds * remembered + newSeconds,
    recentClockSeconds: before.recentClockSeconds * remembered + ran,
  };
}

/** How long this work takes by the clock at the speeds of late. */
function clockOf({ phases }: Pick<Pace, 'phases'>, seconds: Readonly<Record<PhaseName, number>>): number {
  const general = generalSpeed(phases);
  return phaseNames.reduce((sum, name) => sum + seconds[name] / speedOf(phases[name], general), 0);
}

/** Work done in a second by the clock. */
function speedOf({ recentWorkSeconds, recentClockSeconds }: PhasePace, general: number): number {
  return (recentWorkSeconds + general * guessClockSeconds) / (recentClockSeconds + guessClockSeconds);
}

/** Of a phase that has not begun: machines that are slow or busy in one are so in the others. */
function generalSpeed(phases: Pace['phases']): number {
  const all = Object.values(phases);
  const work = all.reduce((sum, { recentWorkSeconds }) => sum + recentWorkSeconds, guessClockSeconds);
  const clock = all.reduce((sum, { recentClockSeconds }) => sum + recentClockSeconds, guessClockSeconds);
  return work / clock;
}

/** Steps shorter than this say more about when reports come than about speed. */
const unsteadinessSeconds = 5;

function unsteadinessOf(
  pace: Pace,
  step: { readonly newSeconds: Readonly<Record<PhaseName, number>>; readonly clockSeconds: number },
): number {
  if (step.clockSeconds === 0) return pace.unsteadiness;
  const speed = clockOf(pace, step.newSeconds) / step.clockSeconds;
  const share = 1 - 0.5 ** (step.clockSeconds / unsteadinessSeconds);
  return pace.unsteadiness + (Math.min(Math.abs(speed - 1), 1) - pace.unsteadiness) * share;
}

/**
 * How much of a task is likely done that has not said anything yet, as a share: at the pace expected of it at first, then
 * ever slower, for it may take longer than expected. What the task says itself takes its place.
 */
export function expectedFraction(elapsedSeconds: number, workSeconds: number): number {
  if (workSeconds <= 0) return 0;
  return highestExpected * (1 - Math.exp(-elapsedSeconds / (workSeconds * highestExpected)));
}

/** The most that is believed of a silent task. */
const highestExpected = 0.9;

/** Seconds by the clock. */
export interface Eta {
  readonly seconds: number;
  readonly lowSeconds: number;
  readonly highSeconds: number;
}

export interface EtaBasis {
  readonly phases: Measurement['phases'];
  /** The share of the work left that no task stands for yet. */
  readonly unplannedShare: number;
  /** How long tasks of this sort take here was measured before. */
  readonly isLearned: boolean;
}

/** How long the job will take from here, at the speeds of late; null while there is no work known. */
export function estimateEta(pace: Pace, basis: EtaBasis): Eta | null {
  const left = mapPhases((name) =>
    Math.max(0, basis.phases[name].totalSeconds - pace.phases[name].doneSeconds),
  );
  if (phaseNames.every((name) => basis.phases[name].totalSeconds <= 0)) return null;
  if (phaseNames.some((name) => basis.phases[name].isRunning && isStuck(pace.phases[name]))) return null;
  const seconds = clockOf(pace, left);
  const spread = spreadOf(pace, basis);
  return {
    seconds: rounded(seconds),
    lowSeconds: rounded(seconds * (1 - spread)),
    highSeconds: rounded(seconds * (1 + spread)),
  };
}

/** Next to nothing was done for long: whatever number came out would be a lie. */
function isStuck({ recentWorkSeconds, recentClockSeconds }: PhasePace): boolean {
  return recentClockSeconds > 20 && recentWorkSeconds / recentClockSeconds < slowestBelievableSpeed;
}

/** In expected seconds per second by the clock. */
const slowestBelievableSpeed = 0.02;

/** Half the width of the range, as a share of its middle: from how steady the work goes and how much of it is only guessed. */
function spreadOf({ phases, unsteadiness }: Pace, { unplannedShare, isLearned }: EtaBasis): number {
  const clock = Object.values(phases).reduce((sum, { recentClockSeconds }) => sum + recentClockSeconds, 0);
  const doubt = (isLearned ? 0.1 : 0.3) * (halfDoubtSeconds / (clock + halfDoubtSeconds));
  return Math.min(0.05 + doubt + 0.2 * unsteadiness + 0.3 * unplannedShare, 0.6);
}

/** After this time by the clock, half as much is left of what was doubted at first. */
const halfDoubtSeconds = 8;

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

function mapPhases<Value>(value: (name: PhaseName) => Value): Record<PhaseName, Value> {
  return { gather: value('gather'), plan: value('plan'), make: value('make'), finish: value('finish') };
}
