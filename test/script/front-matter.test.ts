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

  test('the named shapes', () => {
    const size = (aspect: string) => withFrontMatter(`aspect: ${aspect}`).video;
    assert.deepEqual(size('16:9'), { width: 1920, height: 1080, fps: 30 });
    assert.deepEqual(size('"1:1"'), { width: 1080, height: 1080, fps: 30 });
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
