import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseScript } from '../../src/script/index.ts';
import { expectMistake } from './expect-mistake.ts';

const withFrontMatter = (yaml: string) => parseScript(`---\n${yaml}\n---\n\nHi.`);

describe('front matter', () => {
  test('every name, every value', () => {
    const composition = withFrontMatter(
      [
        'title: "A: title"',
        'language: pt-BR',
        'voice: { name: pt-br, rate: 1.2 }',
        'theme: daylight',
        'aspect: 9:16',
        'fps: 60',
        'captions: none',
        'music: { source: ./my%20song.mp3, gainDb: -20, duckingDb: -6 }',
      ].join('\n'),
    );
    const { scenes, ...settings } = composition;
    assert.equal(scenes.length, 1);
    assert.deepEqual(settings, {
      version: 1,
      title: 'A: title',
      language: 'pt-BR',
      voice: { provider: 'espeak', name: 'pt-br', rate: 1.2 },
      theme: 'daylight',
      video: { width: 1080, height: 1920, fps: 60 },
      captions: { style: 'none', position: 'bottom', size: 'medium' },
      loudness: { lufs: -14, truePeakDbtp: -1 },
      music: {
        source: 'my song.mp3',
        gainDb: -20,
        duckingDb: -6,
        duckingAttackSeconds: 0.3,
        duckingReleaseSeconds: 0.8,
        loop: true,
        startSeconds: 0,
        fadeInSeconds: 0,
        fadeOutSeconds: 1.5,
      },
    });
  });

  test('short forms, and the defaults of what is left out', () => {
    const { voice, music, video, title } = withFrontMatter(
      'title: 2024\nvoice: en-gb\nmusic: a.mp3 # a comment',
    );
    assert.deepEqual(voice, { provider: 'espeak', name: 'en-gb', rate: 1 });
    assert.equal(music?.source, 'a.mp3');
    assert.equal(music?.gainDb, -12);
    assert.deepEqual(video, { width: 1920, height: 1080, fps: 30 });
    assert.equal(title, '2024');
  });

  test('captions, loudness and music in full', () => {
    const { captions, loudness, music } = withFrontMatter(
      [
        'captions: { style: pop, position: middle, size: large }',
        'loudness: { lufs: -16, truePeakDbtp: -2 }',
        'music:',
        '  source: a.mp3',
        '  loop: no',
        '  startSeconds: 4.5',
        '  fadeInSeconds: 2',
        '  fadeOutSeconds: 0',
        '  duckingAttackSeconds: 0.1',
        '  duckingReleaseSeconds: 2',
      ].join('\n'),
    );
    assert.deepEqual(captions, { style: 'pop', position: 'middle', size: 'large' });
    assert.deepEqual(loudness, { lufs: -16, truePeakDbtp: -2 });
    const { loop, startSeconds, fadeInSeconds, fadeOutSeconds } = music ?? {};
    assert.deepEqual([loop, startSeconds, fadeInSeconds, fadeOutSeconds], [false, 4.5, 2, 0]);
    assert.deepEqual([music?.duckingAttackSeconds, music?.duckingReleaseSeconds], [0.1, 2]);
    assert.equal(withFrontMatter('loudness: -23').loudness.lufs, -23);
    assert.equal(withFrontMatter('captions: plain').captions.style, 'plain');
  });

  test('a brand, its colours with or without quotes', () => {
    for (const colors of [
      '    background: #112233 #445566 # a comment\n    text: #ffffff\n    accent: "#ff8800"',
      '    { background: [#112233, "#445566"], text: #ffffff, accent: #ff8800 }',
      "    background:\n      - #112233\n      - #445566\n    text: '#ffffff'\n    accent: #ff8800",
    ]) {
      const { brand } = withFrontMatter(
        `brand:\n  colors:\n${colors}\n  fonts: { heading: a.woff2, body: ./b%20c.ttf }\n  logo: logo.svg`,
      );
      assert.deepEqual(
        brand,
        {
          colors: { background: ['#112233', '#445566'], text: '#ffffff', accent: '#ff8800' },
          fonts: { heading: 'a.woff2', body: 'b c.ttf' },
          logo: { source: 'logo.svg', position: 'top-right', height: 0.07, opacity: 1 },
        },
        colors,
      );
    }
    const { brand } = withFrontMatter(
      'brand: { logo: { source: a.png, position: bottom-left, opacity: 0.5 } }',
    );
    assert.deepEqual(brand, {
      logo: { source: 'a.png', position: 'bottom-left', height: 0.07, opacity: 0.5 },
    });
  });

  test('the named shapes', () => {
    const size = (aspect: string) => withFrontMatter(`aspect: ${aspect}`).video;
    assert.deepEqual(size('16:9'), { width: 1920, height: 1080, fps: 30 });
    assert.deepEqual(size('"1:1"'), { width: 1080, height: 1080, fps: 30 });
    assert.deepEqual(size('4:5'), { width: 1080, height: 1350, fps: 30 });
    for (const sides of ['1280x720', '1280 x 720', '1280×720']) {
      const { video } = withFrontMatter(`size: ${sides}\nfps: 29.97`);
      assert.deepEqual(video, { width: 1280, height: 720, fps: 29.97 });
    }
  });

  test('it may be empty or stand below blank lines; a break at the top is none', () => {
    assert.equal(parseScript('---\n---\nHi.').scenes.length, 1);
    assert.equal(parseScript('\n \n---\ntitle: Later\n---\nHi.').title, 'Later');
    assert.equal(parseScript('---\n\nHi.').title, 'Untitled');
  });

  test('mistakes are told with their place', () => {
    const refuse = (yaml: string, at: readonly [number, number], message: RegExp) =>
      expectMistake(`---\n${yaml}\n---\n\nHi.`, { at, message });
    refuse('title: x\nthem: daylight', [3, 1], /unknown name "them"; did you mean "theme"\?/);
    refuse('colour: red', [2, 1], /unknown name "colour"; it can be title, language, voice, .* or loudness/);
    refuse(
      'theme: midnite',
      [2, 8],
      /"theme" must be midnight, daylight|"theme" must be midnight or daylight/,
    );
    refuse('fps: 31', [2, 6], /"fps" must be 23.976, 24, 25, 29.97, 30, 50, 59.94 or 60/);
    refuse('aspect: 4:3', [2, 9], /"aspect" must be 16:9, 9:16, 1:1 or 4:5/);
    refuse('captions: on', [2, 11], /"captions.style" must be karaoke, pop, plain or none/);
    refuse('language: english!', [2, 11], /BCP 47/);
    refuse('voice:\n  nam: en', [3, 3], /unknown name "nam" in voice; did you mean "name"/);
    refuse('voice:\n  name: en\n  rate: 9', [4, 9], /"voice.rate" is at most 2/);
    refuse('voice: { rate: fast }', [2, 16], /"voice.rate" must be a number/);
    refuse('music: { gainDb: -3 }', [2, 8], /"music.source" is missing/);
    refuse('music: /etc/passwd', [2, 8], /cannot be used: name a file beside the script/);
    refuse('music: { source: a.mp3, loop: perhaps }', [2, 31], /"music.loop" must be yes or no/);
    refuse('music: { source: a.mp3, fadeInSeconds: 31 }', [2, 40], /"music.fadeInSeconds" is at most 30/);
    refuse('loudness: loud', [2, 11], /"loudness.lufs" must be a number/);
    refuse('loudness: { lufs: 0 }', [2, 19], /"loudness.lufs" is at most -6/);
    refuse('captions: { styl: pop }', [2, 13], /unknown name "styl" in captions; did you mean "style"/);
    refuse('captions: { style: pop, size: huge }', [2, 31], /must be small, medium or large/);
    refuse('brand: red', [2, 8], /"brand" takes names and values: colors, fonts, logo/);
    refuse('brand:\n  colors:\n    accent: red', [4, 13], /"brand.colors.accent" must be a colour such as/);
    refuse('brand: { colors: { background: [#112233, red] } }', [2, 42], /"brand.colors.background" must be/);
    refuse(`brand: { colors: { background: ${'#112233 '.repeat(5)}} }`, [2, 32], /at most 4 entries/);
    refuse('brand: { logo: { height: 0.1 } }', [2, 16], /"brand.logo.source" is missing/);
    refuse('brand: { logo: /logo.png }', [2, 16], /cannot be used/);
    refuse('brand:\n  fonts:\n    body: file:///a.ttf', [4, 11], /cannot be used/);
    refuse('size: 1280', [2, 7], /"size" must be a width and a height in pixels, as in 1280x720/);
    refuse('size: 1281x720', [2, 7], /must be even/);
    refuse('size: 32x720', [2, 7], /is at least 64/);
    refuse('size: 640x360\naspect: 1:1', [2, 7], /aspect says the size already/);
    refuse('title:', [2, 1], /"title" has no value/);
    refuse('title: " "', [2, 8], /"title" has no value/);
    refuse(`title: ${'x'.repeat(201)}`, [2, 8], /at most 200 characters/);
    refuse('title: [a, b]', [2, 8], /takes one value/);
    refuse('title: a: b', [2, 8], /put a value with special characters in quotes/);
    refuse('title: a\ntitle: b', [3, 1], /unique/);
    refuse('title: "open', [2, 13], /quote/);
    refuse('just text', [2, 1], /lines of name: value; for a scene break/);
    refuse('title: *no', [2, 8], /takes one value|alias/i);
    refuse(`title: ${'['.repeat(200)}`, [2, 1], /more than 100 brackets/);
    refuse(`title: ${'x'.repeat(5_000)}`, [2, 1], /at most 5000 characters/);
    refuse('__proto__: x', [2, 1], /unknown name "__proto__"/);
    expectMistake('\n---\ntitle: x\n\n# Hi', { at: [2, 1], message: /front matter does not end/ });
  });
});
