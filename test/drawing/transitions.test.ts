import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directions, type TransitionKind, transitionKinds } from '../../src/protocol/index.ts';
import type { Timeline } from '../../src/timeline/index.ts';
import { timelineOf } from '../timeline/evenly-spoken.ts';
import {
  boxOfDifference,
  boxOfPixels,
  dotPicture,
  pixelAt,
  plainPicture,
  type Rendered,
  render,
} from './rendered.ts';

const video = { width: 320, height: 180, fps: 30 } as const;
const kinds = transitionKinds.filter((kind) => kind !== 'cut');
const pictures = new Map([
  ['red', plainPicture('#d02020')],
  ['blue', plainPicture('#2020d0')],
  ['dot', dotPicture({ width: 640, height: 360, radius: 40, x: 0.3, y: 0.4 })],
]);

function between(
  kind: TransitionKind,
  {
    direction = 'left',
    first = {},
    second = {},
  }: { direction?: (typeof directions)[number]; first?: object; second?: object } = {},
): Timeline {
  const transition = { kind, durationSeconds: 1, direction, color: '#20d020' } as const;
  return timelineOf(
    [
      { id: 'a', picture: { source: 'red', motion: 'none' }, durationSeconds: 2, ...first },
      { id: 'b', picture: { source: 'blue', motion: 'none' }, durationSeconds: 2, transition, ...second },
    ],
    { video },
  );
}

const frames = Array.from({ length: 30 }, (_, index) => 60 + index);

/** How much of the frame is rather blue, 0 to 1. */
function blueShare({ data }: Rendered): number {
  let blue = 0;
  for (let at = 0; at < data.length; at += 4) blue += ((data[at + 2] ?? 0) - 0x20) / (0xd0 - 0x20);
  return blue / (data.length / 4);
}

for (const kind of kinds) {
  test(`${kind}: begins with one scene, ends with the other, and never jumps or goes back`, () => {
    const timeline = between(kind);
    assert.deepEqual(pixelAt(render(timeline, 59, pictures), 160, 90), [0xd0, 0x20, 0x20]);
    assert.deepEqual(pixelAt(render(timeline, 90, pictures), 160, 90), [0x20, 0x20, 0xd0]);
    const shares = [59, ...frames, 90].map((frame) => blueShare(render(timeline, frame, pictures)));
    assert.equal(shares[0], 0);
    assert.equal(shares.at(-1), 1);
    for (const [index, share] of shares.entries()) {
      const step = share - (shares[index - 1] ?? 0);
      assert.ok(step > -0.01 && step < 0.12, `frame ${59 + index} steps by ${step}`);
    }
  });

  test(`${kind}: any frame drawn in any order, alone or after others, is the same`, () => {
    const moving = { picture: { source: 'dot', motion: 'pan-left' } };
    const words = { heading: 'Second', points: ['One', 'Two'], picture: undefined, textMotion: 'stagger' };
    const timeline = between(kind, { first: { ...moving, heading: 'First' }, second: words });
    const some = [59, 60, 67, 74, 75, 82, 89, 90, 95];
    const forward = some.map((frame) => render(timeline, frame, pictures).data);
    const backward = some.toReversed().map((frame) => render(timeline, frame, pictures).data);
    const fresh = some.map((frame) => render(structuredClone(timeline), frame, pictures).data);
    assert.deepEqual(backward.reverse(), forward);
    assert.deepEqual(fresh, forward);
  });

  test(`${kind}: the picture that is left keeps moving`, () => {
    const moving = (motion: string) => ({ picture: { source: 'dot', motion } });
    const early = (motion: string): Rendered =>
      render(between(kind, { first: moving(motion) }), 66, pictures);
    assert.ok(boxOfDifference(early('zoom-in'), early('none')));
  });

  test(`${kind}: the words of the two scenes are never seen together`, () => {
    const wordless = between(kind, { first: { picture: undefined }, second: { picture: undefined } });
    const seen = (which: 'first' | 'second', frame: number): boolean => {
      const words = { picture: undefined, heading: 'Words' };
      const worded = between(kind, {
        first: { picture: undefined },
        second: { picture: undefined },
        [which]: words,
      });
      return boxOfDifference(render(worded, frame), render(wordless, frame)) !== undefined;
    };
    assert.ok(seen('first', 61) && seen('second', 89));
    for (const frame of frames) assert.ok(!(seen('first', frame) && seen('second', frame)), `frame ${frame}`);
  });
}

for (const kind of ['wipe', 'slide', 'push'] as const) {
  for (const direction of directions) {
    test(`${kind} ${direction}: comes from the other side`, () => {
      const frame = render(between(kind, { direction }), 72, pictures);
      const blue = boxOfPixels(frame, (red, _, blueness) => blueness > 0xc0 && red < 0x30);
      assert.ok(blue);
      assert.equal(blue.left > 0, direction === 'left');
      assert.equal(blue.right < 320, direction === 'right');
      assert.equal(blue.top > 0, direction === 'up');
      assert.equal(blue.bottom < 180, direction === 'down');
    });
  }
}

test('push moves both scenes by the same distance', () => {
  const still = { picture: { source: 'dot', motion: 'none' } };
  const timeline = between('push', {
    first: still,
    second: { background: { kind: 'color', color: '#2020d0' }, picture: undefined },
  });
  const at = (frame: number): { dot: number; edge: number } => {
    const drawn = render(timeline, frame, pictures);
    const dot = boxOfPixels(drawn, (red) => red > 200);
    const ground = boxOfPixels(drawn, (red, _, blue) => red < 60 && blue > 180);
    return { dot: dot?.right ?? 0, edge: ground?.left ?? 320 };
  };
  const [start, later] = [at(59), at(70)];
  assert.ok(later.edge < 320 && later.edge > 160);
  assert.ok(Math.abs(start.dot - later.dot - (320 - later.edge)) <= 1, JSON.stringify([start, later]));
});

test('dip goes through its colour', () => {
  const timeline = between('dip');
  const greens = frames.map((frame) => pixelAt(render(timeline, frame, pictures), 160, 90)[1]);
  assert.ok(Math.max(...greens) > 0xc8, greens.join());
});
