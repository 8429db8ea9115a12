import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chunk, planChunks, type Timeline } from '../../src/timeline/index.ts';
import { type SceneInput, timelineOf } from './evenly-spoken.ts';

const sentence = 'This is a sentence of the narration that is spoken here.';

function scenesInput(): SceneInput[] {
  return Array.from({ length: 30 }, (_, index) => ({
    id: `scene-${index}`,
    heading: `Heading ${index}`,
    points: ['One', 'Two'],
    narration: [{ text: sentence }, { text: sentence, point: 0 }, { text: `${sentence} ${index}`, point: 1 }],
    ...(index % 2 === 0 ? { picture: { source: `picture-${index}.jpg` } } : {}),
  }));
}

const contents = (timeline: Timeline): Map<string, string> => {
  const places = new Map<number, number>();
  return new Map(
    planChunks(timeline).map((chunk) => {
      const place = places.get(chunk.sceneIndex) ?? 0;
      places.set(chunk.sceneIndex, place + 1);
      return [`${chunk.sceneIndex}.${place}`, JSON.stringify(chunk.content)];
    }),
  );
};

/** Names (scene.chunk) of the chunks that are not what they were. */
function changedChunks(before: Timeline, after: Timeline): string[] {
  const old = contents(before);
  return [...contents(after)].filter(([name, content]) => old.get(name) !== content).map(([name]) => name);
}

function expectPartition(timeline: Timeline, chunks: readonly Chunk[]): void {
  let next = 0;
  for (const [index, chunk] of chunks.entries()) {
    assert.equal(chunk.index, index);
    assert.equal(chunk.startFrame, next);
    next += chunk.frameCount;
  }
  assert.equal(next, timeline.frameCount);
}

test('chunks cover every frame once, last half a second to 10 s and start anew with each scene', () => {
  const timeline = timelineOf(scenesInput());
  const starts = new Set(timeline.scenes.map((scene) => scene.startFrame));
  for (const targetSeconds of [2, 3.7, 5, 8]) {
    const chunks = planChunks(timeline, { targetSeconds });
    expectPartition(timeline, chunks);
    for (const chunk of chunks)
      assert.ok(chunk.frameCount >= 15 && chunk.frameCount <= 300, `${chunk.frameCount}`);
    const firsts = new Set(chunks.map((chunk) => chunk.startFrame));
    for (const start of starts) assert.ok(firsts.has(start));
  }
});

test('a scene that comes in by a transition begins with a short chunk, which shows it whole', () => {
  const lengthsWith = (
    transition: NonNullable<SceneInput['transition']>,
    fps: 30 | 59.94 = 30,
  ): number[][] => {
    const scenes = Array.from({ length: 2 }, (_, index) => ({
      id: `s-${index}`,
      durationSeconds: 14,
      transition,
    }));
    const timeline = timelineOf(scenes, { video: { width: 320, height: 180, fps } });
    const chunks = planChunks(timeline);
    expectPartition(timeline, chunks);
    return timeline.scenes.map(({ index }) =>
      chunks.filter(({ sceneIndex }) => sceneIndex === index).map(({ frameCount }) => frameCount),
    );
  };
  assert.deepEqual(lengthsWith({ kind: 'cut' }), [
    [150, 135, 135],
    [150, 135, 135],
  ]);
  assert.deepEqual(lengthsWith({ kind: 'fade', durationSeconds: 0.5 })[1], [15, 150, 128, 127]);
  assert.deepEqual(lengthsWith({ kind: 'fade', durationSeconds: 1.5 })[1], [45, 150, 113, 112]);
  assert.deepEqual(lengthsWith({ kind: 'fade', durationSeconds: 0.5 }, 59.94)[1]?.slice(0, 2), [30, 300]);
});

test('300 scenes of three frames are 300 chunks', () => {
  const scenes = Array.from({ length: 300 }, (_, index) => ({ id: `s-${index}`, durationSeconds: 0.1 }));
  const timeline = timelineOf(scenes);
  const chunks = planChunks(timeline);
  assert.equal(chunks.length, 300);
  expectPartition(timeline, chunks);
});

test('content is plain JSON', () => {
  const [chunk] = planChunks(timelineOf(scenesInput()));
  assert.ok(chunk);
  const json: unknown = chunk.content;
  assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
});

test('another word in one caption changes only the chunk that shows it', () => {
  const before = timelineOf(scenesInput());
  const scene = before.scenes[7];
  const cue = scene?.cues[2];
  assert.ok(scene && cue);
  const changed = { ...cue, text: cue.text.replace('sentence', 'SENTENCE') };
  assert.notEqual(changed.text, cue.text);
  const cues = scene.cues.with(2, changed);
  const after = { ...before, scenes: before.scenes.with(7, { ...scene, cues }) };
  const touched = planChunks(before)
    .filter((chunk) => chunk.sceneIndex === 7)
    .flatMap((chunk, place) => {
      const from = (chunk.startFrame - scene.startFrame) / before.fps;
      const until = from + chunk.frameCount / before.fps;
      return cue.startSeconds < until && cue.endSeconds > from ? [`7.${place}`] : [];
    });
  assert.ok(touched.length >= 1 && touched.length <= 2);
  assert.deepEqual(changedChunks(before, after), touched);
});

test('a longer scene leaves the scenes after it what they were, though they start later', () => {
  const before = timelineOf(scenesInput());
  const scenes = scenesInput();
  scenes[3]?.narration?.push({ text: 'And one more sentence at the end of it all, to make it longer.' });
  const after = timelineOf(scenes);
  assert.ok((after.scenes[4]?.startFrame ?? 0) > (before.scenes[4]?.startFrame ?? 0));
  const changed = changedChunks(before, after);
  assert.ok(changed.length > 0);
  // Scene 3 has no moving picture: its beginning does not depend on its length, nor does what scene 4 fades in from.
  assert.ok(
    changed.every((name) => name.startsWith('3.')),
    changed.join(),
  );
  assert.ok(!changed.includes('3.0'));
});

test('a longer scene with a moving picture changes itself and the transition out of it', () => {
  const before = timelineOf(scenesInput());
  const scenes = scenesInput();
  scenes[4]?.narration?.push({ text: 'And one more sentence at the end of it all, to make it longer.' });
  const changed = changedChunks(before, timelineOf(scenes));
  assert.ok(changed.includes('4.0') && changed.includes('5.0'));
  assert.ok(
    changed.every((name) => name.startsWith('4.') || name === '5.0'),
    changed.join(),
  );
});

test('a scene put in front changes no chunk behind the first scene but one transition', () => {
  const before = timelineOf(scenesInput());
  const after = timelineOf([{ id: 'new', heading: 'New', durationSeconds: 4 }, ...scenesInput()]);
  const known = new Set(contents(before).values());
  const unknown = [...contents(after)].filter(([, content]) => !known.has(content)).map(([name]) => name);
  // What was scene 0 now has a transition, which delays its speech; its picture is still moving as the next fades in.
  assert.ok(
    unknown.every((name) => name.startsWith('0.') || name.startsWith('1.') || name === '2.0'),
    unknown.join(),
  );
});

test('another picture changes its own scene, the transition out of it, and nothing else', () => {
  const before = timelineOf(scenesInput());
  const own = [...contents(before).keys()].filter((name) => name.startsWith('4.'));
  const tried = Array.from({ length: 20 }, (_, index) => {
    const scenes = scenesInput();
    Object.assign(scenes[4] ?? {}, { picture: { source: `other-${index}.jpg` } });
    return timelineOf(scenes);
  });
  for (const after of tried) assert.deepEqual(changedChunks(before, after), [...own, '5.0']);
});

test('alternative text and scene ids are not seen', () => {
  const scenes = scenesInput().map((scene) => ({
    ...scene,
    id: `other-${scene.id}`,
    ...(scene.picture === undefined ? {} : { picture: { ...scene.picture, alt: 'A picture' } }),
  }));
  assert.deepEqual(changedChunks(timelineOf(scenesInput()), timelineOf(scenes)), []);
});

test('the first scene has its heading from the first frame, and chunks of it are known by that', () => {
  const scene = { id: 'a', heading: 'Hello', transition: { kind: 'cut' as const }, durationSeconds: 4 };
  const [first, second] = planChunks(timelineOf([scene, { ...scene, id: 'b' }]));
  assert.ok(first && second);
  assert.equal(first.content.scene.headingAppears, 'before');
  assert.equal(second.content.transition, null);
  assert.notDeepEqual(first.content, second.content);
});
