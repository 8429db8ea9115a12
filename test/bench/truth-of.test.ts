import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Observation, truthOf } from '../../bench/truth-of.ts';
import { truthRow } from '../../bench/truth-row.ts';

it('finds nothing to say against a bar that moves with the time', () => {
  const { distance, jump, silenceSeconds, etaError, etaShare } = truthOf(
    seconds(100).map((at) => seen(at, at / 100, 100 - at)),
  );
  assert.deepEqual(
    { distance, jump, silenceSeconds, etaShare },
    { distance: 0.01, jump: 0.01, silenceSeconds: 1, etaShare: 0.99 },
  );
  assert.ok(etaError !== null && etaError <= 0.01, `${etaError}`);
});

it('sees a bar that stands still and then jumps to where it should be', () => {
  const truth = truthOf([seen(1, 0.1), seen(9.9, 0.99), seen(10, 1)]);
  assert.deepEqual([truth.distance, truth.jump, truth.silenceSeconds], [0.89, 0.89, 8.9]);
});

it('takes a newer estimate of the same state for no news', () => {
  const truth = truthOf([seen(1, 0.1), { ...seen(5, 0.1, 7), isNews: false }, seen(9, 0.9), seen(10, 1)]);
  assert.equal(truth.silenceSeconds, 8);
});

it('counts the silence until the end', () => {
  assert.equal(truthOf([seen(1, 0.5), { ...seen(10, 0.5), isNews: false }]).silenceSeconds, 9);
});

it('says that no estimate was given, not that it was right', () => {
  const truth = truthOf(seconds(10).map((at) => seen(at, at / 10)));
  assert.deepEqual([truth.etaShare, truth.etaError], [0, null]);
  const { 'ETA error': shown } = truthRow('x', truth, { isCold: true });
  assert.equal(shown, 'none');
});

it('weighs an estimate by the time it stood', () => {
  // Right a hundred times within a second, and then wrong by 20 s for the rest of the time.
  const right = seconds(100).map((step) => seen(30 + step / 100, 0.3, 100 - 30 - step / 100));
  const truth = truthOf([
    ...right,
    ...seconds(68).map((step) => seen(31 + step, 0.5, 49 - step)),
    seen(100, 1),
  ]);
  assert.ok(truth.etaError !== null && Math.abs(truth.etaError - 0.2) < 0.02, `${truth.etaError}`);
  assert.ok(Math.abs(truth.etaShare - 0.7) < 0.01, `${truth.etaShare}`);
});

it('does not judge the estimates of the first fifth', () => {
  const truth = truthOf([
    seen(1, 0.01, 5_000),
    ...seconds(98).map((at) => seen(at + 1, 0.5, at < 20 ? 5_000 : 99 - at)),
    seen(100, 1),
  ]);
  assert.ok(truth.etaError !== null && truth.etaError <= 0.02, `${truth.etaError}`);
});

it('marks what misses its aim, and what is too short to say anything', () => {
  const truth = {
    totalSeconds: 20,
    distance: 0.11,
    jump: 0.03,
    silenceSeconds: 1.6,
    etaShare: 0.9,
    etaError: 0.12,
  };
  assert.deepEqual(truthRow('x, cold', truth, { isCold: true }), {
    export: 'x, cold',
    s: 20,
    distance: '**0.11**',
    jump: 0.03,
    'silence s': '**1.6**',
    'ETA shown': '90 %',
    'ETA error': 0.12,
  });
  const { distance, 'ETA error': etaError } = truthRow(
    'x, warm',
    { ...truth, totalSeconds: 1.9 },
    { isCold: false },
  );
  assert.deepEqual([distance, etaError], ['– (0.11)', '– (0.12)']);
  const known = truthRow('x, warm', truth, { isCold: false });
  assert.equal(known['ETA error'], '**0.12**');
  const { jump } = truthRow('x, half', { ...truth, totalSeconds: 6.9, jump: 0.05 }, { isCold: false });
  assert.equal(jump, '– (0.05)');
});

function seen(atSeconds: number, progress: number, etaSeconds: number | null = null): Observation {
  return { atSeconds, progress, etaSeconds, isNews: true };
}

/** 1 to `count`. */
function seconds(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
