import assert from 'node:assert/strict';
import { it } from 'node:test';
import { chunkWeight } from '../../src/pipeline/chunk-weight.ts';
import { type Codec, compositionSchema } from '../../src/protocol/index.ts';
import { buildTimeline, type MeasuredFiles, planChunks } from '../../src/timeline/index.ts';

/** Weights of the chunks of two scenes, of four and of ten seconds; nothing is spoken. */
function weightsOf(
  second: object,
  {
    transition = 'cut',
    files = {},
    codec = 'h264',
  }: { transition?: string; files?: MeasuredFiles; codec?: Codec } = {},
): number[] {
  const composition = compositionSchema.parse({
    version: 1,
    title: 'Weights',
    scenes: [
      { id: 'one', durationSeconds: 4, heading: 'One' },
      { id: 'two', durationSeconds: 10, transition: { kind: transition }, ...second },
    ],
  });
  const timeline = buildTimeline(composition, () => ({ durationSeconds: 0, words: [] }), files);
  return planChunks(timeline).map(({ content }) =>
    chunkWeight(content, [{ codec, quality: 'standard', speed: 'fast' }]),
  );
}

const picture = { source: `asset:${'a'.repeat(64)}`, alt: '' };

it('weighs frames on which nothing moves least, and those of which all moves most', () => {
  const [, entering, resting] = weightsOf({ heading: 'Two', points: [] });
  const [, moving] = weightsOf({ picture: { ...picture, motion: 'zoom-in' } });
  const [, still] = weightsOf({ picture: { ...picture, motion: 'none' } });
  assert.ok(resting !== undefined && entering !== undefined && moving !== undefined && still !== undefined);
  assert.ok(resting < entering, `${resting} ${entering}`);
  assert.ok(entering < moving, `${entering} ${moving}`);
  assert.ok(still < 0.5 * moving, `${still} ${moving}`);
});

it('weighs animated pictures as it does a clip', () => {
  const pictures = [picture, { ...picture, motion: 'none' }].map((each) => ({ ...each, motion: 'none' }));
  const split = { layout: 'split', pictures };
  const [, entering, still] = weightsOf(split);
  const [, , animated] = weightsOf(split, { files: { loopSeconds: () => 1 } });
  assert.ok(still !== undefined && entering !== undefined && animated !== undefined);
  assert.ok(animated > 2 * still, `${animated} ${still}`);
});

it('adds what two scenes at once take', () => {
  const [, cut] = weightsOf({ heading: 'Two' });
  const [, faded] = weightsOf({ heading: 'Two' }, { transition: 'fade' });
  assert.ok(cut !== undefined && faded !== undefined && faded > cut * 1.1, `${cut} ${faded}`);
});

it('weighs frames that rest little where the encoder sees each picture once', () => {
  const still = { picture: { ...picture, motion: 'none' } };
  const [, , once] = weightsOf(still);
  const [, , each] = weightsOf(still, { codec: 'hevc' });
  assert.ok(once !== undefined && each !== undefined && once < each / 3, `${once} ${each}`);
  const moving = { picture: { ...picture, motion: 'zoom-in' } };
  assert.deepEqual(weightsOf(moving).slice(1), weightsOf(moving, { codec: 'hevc' }).slice(1));
});
