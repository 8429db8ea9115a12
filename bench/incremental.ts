import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CompositionInput } from '../src/protocol/index.ts';
import type { AuraClient } from '../src/sdk/index.ts';
import { markdownTable, type Row } from './markdown-table.ts';
import { median } from './median.ts';
import { startServerProcess } from './server-process.ts';

/**
 * What a change costs: exports a composition of five minutes and thirty scenes, then again with one caption, one picture
 * and one spoken line changed, each five seconds later and from the store that the exports before left. Each is changed
 * several times, to something else every time; the table has medians.
 *
 *     npm run bench:incremental -- --scenes 30 --height 1080 --times 3
 */
const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: '30' },
    height: { type: 'string', default: '1080' },
    times: { type: 'string', default: '3' },
  },
});
const times = Number(values.times);
const sceneCount = Number(values.scenes);
const height = Number(values.height);
/** Nobody changes a video sooner. Meanwhile the server makes ready for the next job. */
const thinkingMilliseconds = 5_000;

type Scene = CompositionInput['scenes'][number];

const folder = await mkdtemp(join(tmpdir(), 'aura-bench-'));
try {
  await using server = await startServerProcess({ dataDirectory: folder, concurrency: 2 });
  const { client } = server;
  const names = ['aurora-lake', 'calm-sea', 'dusk-mountains', 'night-city', 'desk-lamp'];
  const pictures = await upload(client, names);
  const scenes = Array.from({ length: sceneCount }, (_, index) => sceneOf(index, pictures));
  const first = await exportOf(client, scenes);
  const middle = Math.floor(sceneCount / 2);
  const changes = Object.entries(changesOf(pictures)).map(([what, change]) => ({
    ...{ what, change },
    took: [] as Timed[],
  }));
  for (let round = 0; round < times; round++) {
    for (const { change, took } of changes) {
      const changed = scenes.map((scene, index) =>
        index === middle ? { ...scene, ...change(scene, round) } : scene,
      );
      await setTimeout(thinkingMilliseconds);
      took.push(await exportOf(client, changed));
    }
  }
  const rows = [
    rowOf('everything, from an empty store', [first], first),
    ...changes.map(({ what, took }) => rowOf(what, took, first)),
    rowOf('nothing', [await exportOf(client, scenes)], first),
  ];
  console.log(markdownTable(rows));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** About ten seconds each. */
function sceneOf(index: number, pictures: readonly string[]): Scene {
  return {
    id: `scene-${index + 1}`,
    heading: `Part ${index + 1}`,
    picture: { source: pictures[index % (pictures.length - 1)] ?? '' },
    narration: [
      { text: `This is the part with the number ${index + 1}, and it says what is to be said about it.` },
      { text: 'Then a second sentence goes on for a while, so that the scene lasts about ten seconds.' },
    ],
  };
}

type Change = (scene: Scene, round: number) => Partial<Scene>;

function changesOf(pictures: readonly string[]): Record<string, Change> {
  return {
    'one heading': (_scene, round) => ({ heading: `Another heading ${round + 1}` }),
    'one picture': (_scene, round) => ({
      picture: { source: pictures.at(-1) ?? '', focus: { x: (round + 1) / (times + 1), y: 0.5 } },
    }),
    'one spoken line, and so its captions': ({ narration = [] }, round) => ({
      narration: [
        { text: `This is line ${round + 1} of other words, and it takes another time to say them.` },
        ...narration.slice(1),
      ],
    }),
  };
}

interface Timed {
  readonly seconds: number;
  readonly chunks: string;
}

async function exportOf(client: AuraClient, scenes: readonly Scene[]): Promise<Timed> {
  const began = performance.now();
  const video = { width: Math.round((height * 16) / 18) * 2, height, fps: 30 } as const;
  const composition: CompositionInput = { version: 1, title: 'Change', video, scenes: [...scenes] };
  const handle = await client.export({ composition });
  const job = await handle.result();
  const render = job.stages.find(({ name }) => name === 'render');
  const seconds = (performance.now() - began) / 1000;
  return { seconds, chunks: `${(render?.total ?? 0) - (render?.cached ?? 0)} of ${render?.total ?? 0}` };
}

function rowOf(what: string, took: readonly Timed[], first: Timed): Row {
  const seconds = took.map((one) => one.seconds);
  const share = (one: number): string => ((100 * one) / first.seconds).toFixed(1);
  const ends = `${share(Math.min(...seconds))} to ${share(Math.max(...seconds))}`;
  return {
    changed: what,
    seconds: median(seconds).toFixed(1),
    '% of the first': took.length > 1 ? `${share(median(seconds))} (${ends})` : share(median(seconds)),
    'render tasks': took[0]?.chunks ?? '',
  };
}

async function upload(client: AuraClient, names: readonly string[]): Promise<string[]> {
  const files = names.map(async (name) => {
    const file = join(import.meta.dirname, `../examples/announcement/${name}.jpg`);
    return { name: `${name}.jpg`, data: new Blob([await readFile(file)]) };
  });
  return (await client.upload(await Promise.all(files))).map(({ id }) => id);
}
