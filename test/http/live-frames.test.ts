import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createLiveFrames } from '../../src/http/event-stream/live-frames.ts';
import type { OpenStream } from '../../src/http/event-stream/open-stream.ts';
import type { Live } from '../../src/protocol/index.ts';
import { waitFor } from '../engine/support/wait-for.ts';

it('sends a picture once, also when figures without one come in between', async () => {
  const { frames, offered } = openFrames(() => true);
  for (const [step, preview] of ['/a.jpg', null, '/a.jpg', null, '/b.jpg'].entries()) {
    frames.offer(liveAt(step, preview));
    await waitFor('the figures', () => offered.includes(`progress ${step}`));
  }
  assert.deepEqual(
    offered.filter((frame) => frame.startsWith('preview')),
    ['preview /a.jpg', 'preview /b.jpg'],
  );
});

it('sends a picture later for which there was no room', async () => {
  let room = 1;
  const { frames, offered } = openFrames(() => --room >= 0);
  frames.offer(liveAt(1, null));
  frames.offer(liveAt(2, '/a.jpg'));
  await waitFor('a frame to be refused', () => room < 0);
  assert.deepEqual(offered, ['progress 1']);
  room = 2;
  await waitFor('the others', () => offered.length === 3);
  assert.deepEqual(offered, ['progress 1', 'preview /a.jpg', 'progress 2']);
});

function openFrames(hasRoom: () => boolean) {
  const offered: string[] = [];
  const stream: Pick<OpenStream, 'signal' | 'offer'> = {
    signal: new AbortController().signal,
    offer(frame) {
      if (!hasRoom()) return false;
      const [, event, data] = /^event: (\w+)\ndata: (.*)\n\n$/.exec(String(frame)) ?? [];
      const { url, etaSeconds } = JSON.parse(data ?? '');
      offered.push(`${event} ${url ?? etaSeconds}`);
      return true;
    },
  };
  return { frames: createLiveFrames(stream), offered };
}

function liveAt(etaSeconds: number, preview: string | null): Live {
  return { progress: 0.5, stage: 'render', etaSeconds, preview, activity: null };
}
