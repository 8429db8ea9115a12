import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportPlanSchema } from '../../src/protocol/index.ts';
import { runAura, temporaryFolder } from './run-aura.ts';

test('aura plan says what would be drawn, and makes nothing', async (t) => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'hello.md'), '# Hello\n\nThis is spoken.\n\n## Again\n\nThis, too.\n');
  const words = ['plan', 'hello.md', '--preset', 'shorts', '--fps', '25'];
  const { code, stdout, stderr } = await runAura(t, { words, cwd });
  assert.equal(code, 0, stderr);
  const [title, video, speech, scenes, cost, ...more] = stdout.split('\n');
  assert.equal(title, 'Hello');
  assert.match(
    video ?? '',
    /^video: about 0:0\d, 1080 x 1920, 25 fps, h264 in mp4: (\d+) of \1 frames to draw$/,
  );
  assert.equal(speech, 'Speech: 2 of 2 passages to speak');
  assert.equal(scenes, 'Scenes to draw: scene-1, scene-2');
  assert.match(cost ?? '', /^It would take about \d+:\d\d here, and \d+\.\d [kM]B of room\.$/);
  assert.deepEqual(more, ['']);
});

test('aura plan --json prints what the API answers', async (t) => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'hello.md'), '# Hello\n\nThis is spoken.\n');
  const { code, stdout } = await runAura(t, { words: ['plan', 'hello.md', '--json'], cwd });
  assert.equal(code, 0);
  const plan = exportPlanSchema.parse(JSON.parse(stdout));
  assert.deepEqual([plan.title, plan.isExact, plan.scenes.length], ['Hello', false, 1]);
});

test('aura plan warns of characters that no font has', async (t) => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'old.md'), '# The letter \u{10a80}\n\nThis is spoken.\n');
  const { code, stdout } = await runAura(t, { words: ['plan', 'old.md'], cwd });
  assert.equal(code, 0);
  assert.match(stdout, /^warning: scene-1: No font has \u{10a80} \(U\+10A80\); boxes are drawn instead\./mu);
});
