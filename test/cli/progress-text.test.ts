import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressDisplay } from '../../src/cli/progress-display.ts';
import { progressBarLine, progressLogLine } from '../../src/cli/progress-text.ts';
import type { Job } from '../../src/protocol/index.ts';
import { firstEvents, fold, numbered } from '../sdk/sample-log.ts';

const job: Job = {
  ...fold(numbered(firstEvents)),
  progress: 0.446,
  stage: 'render',
  etaSeconds: 83,
  activity: 'Drawing frame 812 of 1830',
};

test('a wide terminal shows the bar, the percentage, the time left and what is being done', () => {
  assert.equal(
    progressBarLine({ job, columns: 80, ageSeconds: 0, quietSeconds: 0 }),
    `${'█'.repeat(13)}${'░'.repeat(17)}  44 %  1:23 left  Drawing frame 812 of 1830`,
  );
});

test('a narrower terminal shows less of it, in the order of what matters', () => {
  assert.equal(
    progressBarLine({ job, columns: 42, ageSeconds: 0, quietSeconds: 0 }),
    `${'█'.repeat(6)}${'░'.repeat(9)}  44 %  1:23 left  Drawing`,
  );
  assert.equal(
    progressBarLine({ job, columns: 30, ageSeconds: 0, quietSeconds: 0 }),
    '█████░░░░░░░  44 %  1:23 left',
  );
  assert.equal(progressBarLine({ job, columns: 20, ageSeconds: 0, quietSeconds: 0 }), ' 44 %  1:23 left');
  assert.equal(progressBarLine({ job, columns: 8, ageSeconds: 0, quietSeconds: 0 }), ' 44 %');
  assert.equal(progressBarLine({ job, columns: 2, ageSeconds: 0, quietSeconds: 0 }), '');
});

test('no line is wider than the terminal, whatever the width and the script of the activity', () => {
  for (const activity of [job.activity, '「お茶」を話しています 👩‍🚀', null]) {
    for (let columns = 1; columns <= 120; columns += 1) {
      const line = progressBarLine({ job: { ...job, activity }, columns, ageSeconds: 30, quietSeconds: 30 });
      const wide = [...line].filter((character) => character > '\u007e' && !'█░'.includes(character)).length;
      assert.ok([...line].length + wide < columns || line === '', `${columns}: ${line}`);
    }
  }
});

test('when nothing comes, the time left counts down to zero and the silence is told', () => {
  assert.match(
    progressBarLine({ job, columns: 100, ageSeconds: 20, quietSeconds: 20 }),
    /1:03 left .* no progress for 0:20$/,
  );
  assert.match(
    progressBarLine({ job, columns: 100, ageSeconds: 100, quietSeconds: 100 }),
    /0:00 left .* no progress for 1:40$/,
  );
});

test('the time left is told between its ends, with how fast frames are drawn', () => {
  const etaRange = { lowSeconds: 70, highSeconds: 95 };
  const rate = { framesPerSecond: 71.4, timesRealTime: 2.38 };
  assert.match(
    progressBarLine({ job: { ...job, etaRange, rate }, columns: 100, ageSeconds: 2, quietSeconds: 0 }),
    / 44 % {2}1:08-1:33 left {2}Drawing frame 812 of 1830 {2}2\.4x$/,
  );
});

test('a job that waits for others is not said to be silent', () => {
  const queue = { jobsAhead: 2, etaSeconds: 80 };
  const waiting = { ...job, queue, activity: 'Waiting for 2 exports ahead' };
  const line = progressBarLine({ job: waiting, columns: 100, ageSeconds: 0, quietSeconds: 60 });
  assert.match(line, /Waiting for 2 exports ahead$/);
});

test('99.9 % is not said to be 100 %', () => {
  assert.match(progressLogLine({ ...job, progress: 0.999 }, { isNewStage: false }), /^ 99 %/);
});

test('on a terminal one line is redrawn in place; remarks stay above it; the end leaves it clear', (t) => {
  const written: string[] = [];
  const display = progressDisplay({ isTTY: true, columns: 60, write: (text: string) => written.push(text) });
  t.after(() => display.end());
  display.show(job);
  display.say('warning: The picture is small.');
  display.show({ ...job, progress: 0.5 });
  display.end();
  const lines = written.join('').replaceAll('\u001b[K', '<clear>').split('\n');
  assert.equal(lines.length, 2, 'one line feed: that of the remark');
  assert.match(lines[0] ?? '', /\r<clear>warning: The picture is small\.$/);
  assert.match(lines[1] ?? '', /\r█{7,}░+ {2}50 % .*<clear>\r<clear>$/);
});
