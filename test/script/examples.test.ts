import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { loadImage } from '@napi-rs/canvas';
import { frameRates } from '../../src/protocol/frame-rates.ts';
import {
  aspectNames,
  aspects,
  brandSchema,
  captionPositions,
  captionSizes,
  captionStyles,
  chartKinds,
  codecs,
  containers,
  createJobSchema,
  deliveryNames,
  encodingSpeeds,
  fits,
  layoutNames,
  musicSchema,
  type Output,
  pictureMotions,
  qualities,
  textMotions,
  themeNames,
  transitionKinds,
} from '../../src/protocol/index.ts';
import { isSpeakable } from '../../src/script/clean-text.ts';
import { listSources, parseScript } from '../../src/script/index.ts';
import { examplesFolder, readExamples } from './read-examples.ts';

const examples = await readExamples();

test('every example can be read, and the files it names are beside it', async () => {
  assert.ok(examples.length >= 4);
  for (const { folder, composition } of examples) {
    for (const { source, kind } of listSources(composition)) {
      const file = path.join(folder, source);
      const isPhotograph = kind === 'picture' && !/\.(svg|gif)$/.test(file);
      if (isPhotograph) assert.ok((await loadImage(file)).width >= 1350, file);
      else assert.ok((await readFile(file)).length > 0, file);
    }
    for (const { picture, clip, pictures } of composition.scenes) {
      const alts = [picture?.alt, clip?.alt, ...pictures.map(({ alt }) => alt)];
      assert.ok(!alts.includes(''), `${folder}: a picture without alt`);
    }
    const texts = composition.scenes.flatMap(({ narration }) => narration.map(({ text }) => text));
    assert.ok(texts.every(isSpeakable), folder);
  }
});

test('the examples show every layout, transition, motion and chart there is', () => {
  const scenes = examples.flatMap(({ composition }) => composition.scenes);
  expectAll(layoutNames, 'layout', new Set(scenes.map(({ layout }) => layout)));
  expectAll(transitionKinds, 'transition', new Set(scenes.map(({ transition }) => transition.kind)));
  expectAll(textMotions, 'text', new Set(scenes.map(({ textMotion }) => textMotion)));
  expectAll(pictureMotions, 'motion', new Set(scenes.map(({ picture }) => picture?.motion)));
  expectAll(chartKinds, 'chart', new Set(scenes.map(({ chart }) => chart?.kind)));
});

test('they show every theme, caption, fit, shape, class of frame rate and kind of picture', () => {
  const compositions = examples.map(({ composition }) => composition);
  const pictures = compositions.flatMap(({ scenes }) => scenes.flatMap(({ picture }) => picture ?? []));
  const captions = compositions.map((each) => each.captions);
  expectAll(themeNames, 'theme', new Set(compositions.map(({ theme }) => theme)));
  expectAll(captionStyles, 'captions', new Set(captions.map(({ style }) => style)));
  expectAll(captionPositions, 'captions at', new Set(captions.map(({ position }) => position)));
  expectAll(captionSizes, 'captions of size', new Set(captions.map(({ size }) => size)));
  expectAll(fits, 'a picture with fit', new Set(pictures.map(({ fit }) => fit)));
  const shapes = compositions.map(({ video }) =>
    aspectNames.find((name) => aspects[name].width * video.height === aspects[name].height * video.width),
  );
  expectAll(aspectNames, 'aspect', new Set(shapes));
  const rates = compositions.map(({ video }) => rateClass(video.fps));
  expectAll([...new Set(frameRates.map(rateClass))], 'frames per second:', new Set(rates));
  const endings = examples.flatMap(({ composition }) =>
    listSources(composition).flatMap(({ source, kind }) => (kind === 'picture' ? path.extname(source) : [])),
  );
  expectAll(['.jpg', '.svg', '.webp', '.avif', '.gif'], 'picture', new Set(endings));
});

test('they speak languages of every script there are letters for', () => {
  const languages = new Set(examples.map(({ composition }) => composition.language));
  expectAll(['en', 'ar', 'he', 'hi', 'th', 'ja', 'zh', 'ko'], 'language', languages);
  const headings = examples.flatMap(({ composition }) =>
    composition.scenes.map(({ heading }) => heading ?? ''),
  );
  assert.ok(
    headings.some((heading) => /\p{Emoji_Presentation}\u200d/u.test(heading)),
    'an emoji joined of several',
  );
});

test('every field of the music and the logo is set by one of them', () => {
  const set = examples.flatMap(({ composition: { music, brand } }) => [
    ...changed(musicSchema, music),
    ...changed(brandSchema.shape.logo.unwrap(), brand?.logo),
  ]);
  const all = [...Object.keys(musicSchema.shape), ...Object.keys(brandSchema.shape.logo.unwrap().shape)];
  expectAll(all, 'field', new Set(set));
});

test('the requests are complete, and ask for every preset, codec, container, quality and speed', async () => {
  const outputs: Output[] = [];
  for (const name of await readdir(path.join(examplesFolder, 'requests'))) {
    const request = createJobSchema.parse(
      JSON.parse(await readFile(path.join(examplesFolder, 'requests', name), 'utf8')),
    );
    if (request.script !== undefined) parseScript(request.script);
    outputs.push(...(request.outputs ?? []));
  }
  expectAll(deliveryNames, 'preset', new Set(outputs.map(({ preset }) => preset)));
  expectAll(codecs, 'codec', new Set(outputs.map(({ codec }) => codec)));
  expectAll(containers, 'container', new Set(outputs.map(({ container }) => container)));
  expectAll(qualities, 'quality', new Set(outputs.map(({ quality }) => quality)));
  expectAll(encodingSpeeds, 'speed', new Set(outputs.map(({ speed }) => speed)));
});

function expectAll<T>(all: readonly T[], what: string, shown: ReadonlySet<T | undefined>): void {
  const missing = all.filter((item) => !shown.has(item)).map((item) => `${what} ${item}`);
  assert.deepEqual(missing, [], 'in no example');
}

/** Those of films and television, those that cannot be counted in whole frames, and those that look like life. */
function rateClass(fps: number): 'usual' | 'NTSC' | 'smooth' {
  if (!Number.isInteger(fps)) return 'NTSC';
  return fps > 30 ? 'smooth' : 'usual';
}

/** Names of the fields that have another value than when they are left out. */
function changed(schema: typeof musicSchema | LogoSchema, value: object | undefined): string[] {
  const defaults = schema.parse({ source: 'file' });
  return Object.entries(value ?? {}).flatMap(([name, field]) =>
    field === Reflect.get(defaults, name) ? [] : [name],
  );
}

type LogoSchema = ReturnType<typeof brandSchema.shape.logo.unwrap>;
