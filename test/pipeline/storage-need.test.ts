import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storageNeed } from '../../src/pipeline/storage-need.ts';

const minute = {
  video: { width: 1920, height: 1080, fps: 30 },
  encodings: [{ codec: 'h264', quality: 'standard' }],
  frameCount: 1_800,
  missingFrames: 1_800,
  fileCount: 1,
  durationSeconds: 60,
} as const;

test('a minute of 1080p is expected to take tens of megabytes, chunks and file together', () => {
  const bytes = storageNeed(minute);
  assert.ok(bytes > 20e6 && bytes < 80e6, `${bytes}`);
});

test('stored chunks need no room again, a second file does, and a draft needs less', () => {
  const whole = storageNeed(minute);
  assert.ok(storageNeed({ ...minute, missingFrames: 0 }) < 0.6 * whole);
  assert.ok(storageNeed({ ...minute, fileCount: 2 }) > 1.4 * whole);
  const draft = [{ codec: 'h264', quality: 'draft' }] as const;
  assert.ok(storageNeed({ ...minute, encodings: draft }) < 0.6 * whole);
});
