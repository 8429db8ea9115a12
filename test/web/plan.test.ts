import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compositionSchema } from '../../src/protocol/index.ts';
import { parseScript } from '../../src/script/index.ts';
import { aspectOf, withChoices } from '../../src/web/new-video/choices.ts';
import { estimateLengthSeconds } from '../../src/web/new-video/estimate-length.ts';
import { newJobId } from '../../src/web/new-video/job-id.ts';
import { planVideo } from '../../src/web/new-video/plan.ts';
import { starterScript } from '../../src/web/new-video/starter-script.ts';

const script =
  '---\ntheme: daylight\naspect: "9:16"\nvoice: { name: de, rate: 1.2 }\n---\n\n# Title\n\nWords.\n';

test('without a choice the plan is the script', () => {
  assert.deepEqual(planVideo(script, {}), { kind: 'ready', composition: parseScript(script) });
});

test('every choice overrides the script, and only its own part', () => {
  const written = parseScript(script);
  assert.deepEqual(withChoices(written, { aspect: '1:1' }), {
    ...written,
    video: { ...written.video, width: 1080, height: 1080 },
  });
  assert.deepEqual(withChoices(written, { theme: 'midnight' }), { ...written, theme: 'midnight' });
  const voice = { provider: 'espeak', name: 'it' } as const;
  assert.deepEqual(withChoices(written, { voice }).voice, { ...voice, rate: 1.2 });
  assert.deepEqual(withChoices(written, { voice: 'by-language' }).voice, { provider: 'espeak', rate: 1.2 });
});

test('a mistake has its place once, beside the message', () => {
  const plan = planVideo('# Title\n\nWords.\n\n<!-- duration: soon -->\n', {});
  assert.equal(plan.kind, 'wrong');
  assert.deepEqual([plan.finding.line, plan.finding.column], [5, 16]);
  assert.doesNotMatch(plan.finding.message, /line 5/);
});

test('a size of its own has no named shape', () => {
  assert.equal(aspectOf({ width: 640, height: 360 }), '16:9');
  assert.equal(aspectOf({ width: 1000, height: 360 }), undefined);
});

test('what a newcomer finds is a whole script of about half a minute', () => {
  const seconds = estimateLengthSeconds(parseScript(starterScript));
  assert.ok(seconds > 15 && seconds < 45, `${seconds} s`);
});

test('a longer text, a slower voice and an explicit duration make the estimate longer', () => {
  const lengthOf = (scene: object, rate = 1) =>
    estimateLengthSeconds(
      compositionSchema.parse({ version: 1, title: 'T', voice: { rate }, scenes: [{ id: 's', ...scene }] }),
    );
  const words = { narration: [{ text: 'Some words to say.' }] };
  assert.ok(lengthOf(words) < lengthOf({ narration: [{ text: 'Some words to say, and then some more.' }] }));
  assert.ok(lengthOf(words) < lengthOf(words, 0.5));
  assert.equal(lengthOf({ ...words, durationSeconds: 60 }), 60);
});

test('job ids are UUIDs, and differ', () => {
  assert.match(newJobId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newJobId(), newJobId());
});
