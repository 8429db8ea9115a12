import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  advancePace,
  estimateEta,
  expectedFraction,
  type Measurement,
  type Pace,
  type PhaseMeasure,
  startPace,
} from '../../src/engine/progress.ts';

describe('the bar', () => {
  it('is done work over all work when nothing is estimated anew', () => {
    const paces = run(startPace(), [
      { doneSeconds: 0, totalSeconds: 40, now: 0 },
      { doneSeconds: 10, totalSeconds: 40, now: 1_000 },
      { doneSeconds: 30, totalSeconds: 40, now: 2_000 },
    ]);
    assert.deepEqual(
      paces.map(({ target }) => target),
      [0, 0.25, 0.75],
    );
  });

  it('stays where it is when the plan replaces the estimate, and goes on over the work that is left', () => {
    const half = last(run(startPace(), [{ doneSeconds: 20, totalSeconds: 40, now: 0 }]));
    const larger = step(half, { doneSeconds: 20, totalSeconds: 120, now: 1_000 });
    assert.equal(larger.target, 0.5);
    assert.equal(step(larger, { doneSeconds: 70, totalSeconds: 120, now: 2_000 }).target, 0.75);
    const smaller = step(half, { doneSeconds: 20, totalSeconds: 30, now: 1_000 });
    assert.equal(smaller.target, 0.5);
    assert.equal(step(smaller, { doneSeconds: 25, totalSeconds: 30, now: 2_000 }).target, 0.75);
  });

  it('never goes back, when work is lost or the whole is suddenly smaller than what is done', () => {
    const paces = run(startPace(), [
      { doneSeconds: 30, totalSeconds: 40, now: 0 },
      { doneSeconds: 10, totalSeconds: 40, now: 1 },
      { doneSeconds: 10, totalSeconds: 5, now: 2 },
      { doneSeconds: 12, totalSeconds: 5, now: 3 },
      { doneSeconds: 12, totalSeconds: 200, now: 4 },
    ]);
    assertRising(paces);
    assert.ok(Math.abs((paces[1]?.target ?? 0) - 0.75) < 1e-9);
  });

  it('moves again while lost work is done again', () => {
    const lost = last(
      run(startPace(), [
        { doneSeconds: 30, totalSeconds: 40, now: 0 },
        { doneSeconds: 10, totalSeconds: 40, now: 1 },
      ]),
    );
    assert.equal(step(lost, { doneSeconds: 25, totalSeconds: 40, now: 2 }).target, 0.875);
  });

  it('holds below 100 % until the job is completed', () => {
    const done = last(run(startPace(), [{ doneSeconds: 40, totalSeconds: 40, now: 0 }]));
    assert.equal(done.target, 0.999);
    assert.equal(step(done, { doneSeconds: 90, totalSeconds: 90, now: 1 }).target, 0.999);
  });

  it('rises and stays in its range whatever is measured', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    const measurements = Array.from({ length: 2_000 }, (_, now) => ({
      doneSeconds: random() * 100,
      totalSeconds: random() * 120,
      now: now * random() * 900,
    }));
    const paces = run(startPace(), measurements);
    assertRising(paces);
    for (const { progress } of paces) assert.ok(progress >= 0 && progress <= 0.999);
  });

  it('is the same for one long stretch as for many short ones', () => {
    const steps = Array.from({ length: 100 }, (_, index) => index + 1);
    const fine = run(
      startPace(),
      steps.map((step) => ({ doneSeconds: step * 0.4, totalSeconds: 80, now: step })),
    );
    assert.ok(Math.abs(last(fine).target - 0.5) < 1e-9);
  });

  it('shows what was done in one piece within about a second, and never more than is done', () => {
    const jump = [0, 0.2, 0.4, 0.6, 0.8, 1, 1.2].map((seconds) => ({
      doneSeconds: seconds === 0 ? 0 : 20,
      totalSeconds: 40,
      now: seconds * 1_000,
    }));
    const shown = run(startPace(), jump).map(({ progress }) => progress);
    assert.ok(
      shown.every((progress, index) => progress - (shown[index - 1] ?? 0) < 0.25),
      `${shown}`,
    );
    assert.ok(Math.abs((shown.at(-1) ?? 0) - 0.5) < 0.03, `${shown}`);
    assert.ok(shown.every((progress) => progress <= 0.5));
  });

  it('does not stay behind work that goes on evenly, so that there is no jump at the end', () => {
    const paces = run(
      startPace(),
      Array.from({ length: 26 }, (_, tick) => ({ doneSeconds: tick / 5, totalSeconds: 5, now: tick * 200 })),
    );
    const { progress, target } = paces[20] ?? startPace();
    assert.ok(target - progress < 0.01, `${progress} of ${target}`);
  });
});

describe('the estimate', () => {
  it('begins with what is expected of the machine', () => {
    assert.equal(etaOf(startPace(), 40)?.seconds, 40);
  });

  it('is unknown while no work is known', () => {
    assert.equal(etaOf(startPace(), 0), null);
  });

  it('follows the speed that is measured', () => {
    const paces = run(startPace(), everySecond(120, 0.25));
    const eta = etaOf(last(paces), 220)?.seconds ?? 0;
    assert.ok(Math.abs(eta - (220 - 30) / 0.25) < 60, `${eta}`);
  });

  it('does not count time in which nothing ran', () => {
    const running = last(run(startPace(), everySecond(60, 1)));
    const anHourLater = step(running, { doneSeconds: 60, totalSeconds: 100, now: 3_660_000 });
    const eta = etaOf(anHourLater, 100)?.seconds ?? 0;
    assert.ok(Math.abs(eta - 40) < 5, `${eta}`);
  });

  it('is withdrawn when nothing has been done for very long', () => {
    const stuck = Array.from({ length: 1_000 }, (_, index) => ({
      doneSeconds: 0,
      totalSeconds: 10,
      now: index * 1_000,
    }));
    assert.equal(etaOf(last(run(startPace(), stuck)), 10), null);
  });

  it('takes the speed of one phase for the others only where they have none of their own', () => {
    const measure = (gathered: number, made: number, now: number): Measurement => ({
      phases: {
        gather: { doneSeconds: gathered, totalSeconds: 30, isRunning: gathered < 30 },
        plan: none,
        make: { doneSeconds: made, totalSeconds: 100, isRunning: made > 0 },
        finish: none,
      },
      now,
    });
    let pace = startPace();
    for (let second = 0; second <= 60; second++)
      pace = advancePace(pace, measure(second / 2, 0, second * 1_000));
    const basis = { unplannedShare: 0, isLearned: false };
    const before = estimateEta(pace, { ...measure(30, 0, 0), ...basis })?.seconds ?? 0;
    assert.ok(before > 150 && before <= 200, `twice as slow as expected: ${before}`);
    for (let second = 1; second <= 40; second++) {
      pace = advancePace(pace, measure(30, second, (60 + second) * 1_000));
    }
    const after = estimateEta(pace, { ...measure(30, 40, 0), ...basis })?.seconds ?? 0;
    assert.ok(Math.abs(after - 60) < 8, `as fast as expected: ${after}`);
  });

  it('is a range around its middle, narrower the steadier the work and the less of it is guessed', () => {
    const steady = last(run(startPace(), everySecond(100, 1)));
    const jerky = last(
      run(
        startPace(),
        everySecond(100, 1).map((each, index) => ({ ...each, doneSeconds: index - (index % 5) })),
      ),
    );
    const width = (pace: Pace, unplannedShare: number) => {
      const eta = etaOf(pace, 220, unplannedShare);
      assert.ok(eta && eta.lowSeconds <= eta.seconds && eta.seconds <= eta.highSeconds);
      return (eta.highSeconds - eta.lowSeconds) / eta.seconds;
    };
    assert.ok(width(steady, 0) < 0.25, `${width(steady, 0)}`);
    assert.ok(width(jerky, 0) > width(steady, 0));
    assert.ok(width(steady, 0.8) > width(steady, 0));
    assert.ok(width(startPace(), 0) > width(steady, 0));
  });
});

interface Step extends Omit<PhaseMeasure, 'isRunning'> {
  /** Milliseconds since 1970. */
  readonly now: number;
}

const none: PhaseMeasure = { doneSeconds: 0, totalSeconds: 0, isRunning: false };

/** A job of one phase. */
function phasesOf({ doneSeconds, totalSeconds }: Omit<Step, 'now'>): Measurement['phases'] {
  return { gather: none, plan: none, make: { doneSeconds, totalSeconds, isRunning: true }, finish: none };
}

function step(pace: Pace, { now, ...measure }: Step): Pace {
  return advancePace(pace, { phases: phasesOf(measure), now });
}

function etaOf(pace: Pace, totalSeconds: number, unplannedShare = 0) {
  const phases = phasesOf({ doneSeconds: pace.phases.make.doneSeconds, totalSeconds });
  return estimateEta(pace, { phases, unplannedShare, isLearned: false });
}

function run(start: Pace, measurements: readonly Step[]): Pace[] {
  const paces: Pace[] = [];
  let pace = start;
  for (const measurement of measurements) {
    pace = step(pace, measurement);
    paces.push(pace);
  }
  return paces;
}

function everySecond(seconds: number, speed: number): Step[] {
  return Array.from({ length: seconds + 1 }, (_, second) => ({
    doneSeconds: second * speed,
    totalSeconds: 220,
    now: second * 1_000,
  }));
}

function last(paces: readonly Pace[]): Pace {
  const pace = paces.at(-1);
  assert.ok(pace);
  return pace;
}

function assertRising(paces: readonly Pace[]): void {
  for (const [index, pace] of paces.entries()) {
    const previous = paces[index - 1];
    if (previous) assert.ok(pace.progress >= previous.progress, `step ${index} went back`);
    if (previous) assert.ok(pace.target >= previous.target, `step ${index} went back`);
  }
}

describe('what is expected of a silent task', () => {
  it('rises from nothing, at first at the pace expected, and never believes it done', () => {
    assert.equal(expectedFraction(0, 2), 0);
    assert.ok(Math.abs(expectedFraction(0.1, 2) - 0.05) < 0.002);
    const fractions = [0.5, 1, 2, 5, 20, 1000].map((seconds) => expectedFraction(seconds, 2));
    assert.ok(
      fractions.every((fraction, index) => fraction > (fractions[index - 1] ?? 0) || fraction === 0.9),
    );
    assert.ok(Math.max(...fractions) <= 0.9);
    assert.equal(expectedFraction(3, 0), 0, 'a stored result has no work to be part of');
  });
});
