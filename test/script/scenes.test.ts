import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/protocol/index.ts';
import { parseScript } from '../../src/script/index.ts';
import { expectMistake } from './expect-mistake.ts';

const scenesOf = (script: string) => parseScript(script).scenes;
const spoken = (script: string) =>
  scenesOf(script).flatMap(({ narration }) => narration.map(({ text }) => text));

describe('scenes', () => {
  test('a # heading is a title card, other headings are content, ids count up', () => {
    const scenes = scenesOf('# One\n\nA.\n\n## Two\n\nB.\n\n### Three\n\nC.');
    assert.deepEqual(
      scenes.map(({ id, layout, heading }) => [id, layout, heading]),
      [
        ['scene-1', 'title', 'One'],
        ['scene-2', 'content', 'Two'],
        ['scene-3', 'content', 'Three'],
      ],
    );
  });

  test('text before any heading is a scene without one', () => {
    const [first, second] = scenesOf('Hello.\n\n## Next\n\nMore.');
    assert.equal(first?.heading, undefined);
    assert.deepEqual(first?.narration, [{ text: 'Hello.' }]);
    assert.equal(second?.heading, 'Next');
  });

  test('--- between blank lines begins a scene, in each of its spellings; empty ones do not count', () => {
    for (const line of ['---', '***', '___', '- - -']) {
      const scenes = scenesOf(`One.\n\n${line}\n\n${line}\n\nTwo.\n\n${line}\n`);
      assert.deepEqual(
        scenes.map(({ narration }) => narration[0]?.text),
        ['One.', 'Two.'],
      );
    }
  });

  test('--- directly under text is refused, since Markdown would make that text a heading', () => {
    expectMistake('One.\nTwo.\n---\nThree.', {
      at: [3, 1],
      message: /leave a blank line before ---.*"One\."/,
    });
    expectMistake('One.\n  -----\n', { at: [2, 3], message: /blank line before -----/ });
    assert.equal(scenesOf('- a point\n---\nThree.').length, 2, 'below a list there is no heading to make');
  });

  test('a scene may be silent, and a blank one counts when it has a duration', () => {
    const scenes = scenesOf('# Title\n\n---\n\n<!-- duration: 2s, background: #000000 -->\n\n---\n\nHi.');
    assert.deepEqual(
      scenes.map(({ durationSeconds }) => durationSeconds),
      [undefined, 2, undefined],
    );
  });

  test('the title is the front matter’s, else the # heading, else the first heading, else Untitled', () => {
    const titleOf = (script: string) => parseScript(script).title;
    assert.equal(titleOf('---\ntitle: Named\n---\n# Card\n\nHi.'), 'Named');
    assert.equal(titleOf('## First\n\nHi.\n\n# Card'), 'Card');
    assert.equal(titleOf('Hi.\n\n## First'), 'First');
    assert.equal(titleOf('Hi.'), 'Untitled');
  });
});

describe('narration', () => {
  test('paragraphs are spoken without their markup', () => {
    const script =
      'A **bold** _word_, `code`, ~~gone~~, a [link](https://x.example "t"),\na\\\nbreak <br> &amp; &lt;3.';
    assert.deepEqual(spoken(script), ['A bold word, code, gone, a link, a break & <3.']);
    assert.deepEqual(spoken('> Quoted\n> text.'), ['Quoted text.']);
    assert.deepEqual(spoken('[ref][a] and ~5 or ~6\n\n[a]: https://x.example'), ['ref and ~5 or ~6']);
  });

  test('lines of Chinese and Japanese join without a space, Korean and Latin with one', () => {
    assert.deepEqual(spoken('日本語の\n文章。'), ['日本語の文章。']);
    assert.deepEqual(spoken('한국어\n문장'), ['한국어 문장']);
  });

  test('list items are points, revealed as they are spoken; further paragraphs in them are only spoken', () => {
    const [scene] = scenesOf('1. One\n\n   Explained.\n2. Two\n   - Nested\n- [x] Done');
    assert.deepEqual(scene?.points, ['One', 'Two', 'Nested', 'Done']);
    assert.deepEqual(scene?.narration, [
      { text: 'One', point: 0 },
      { text: 'Explained.' },
      { text: 'Two', point: 1 },
      { text: 'Nested', point: 2 },
      { text: 'Done', point: 3 },
    ]);
  });

  test('what has no letter and no number is shown as a point and not spoken', () => {
    const [scene] = scenesOf('Hi.\n\n🎉🎉\n\n- 👍\n- …');
    assert.deepEqual(scene?.points, ['🎉🎉', '👍', '…']);
    assert.deepEqual(scene?.narration, [{ text: 'Hi.' }]);
  });

  test('no text can break anything', () => {
    const texts = [
      '"quotes" \'single\' “curly”',
      'a %{pts} and %{n\\:x} 100 %',
      'C:\\Users\\me, back\\slash',
      "it's [0:v]scale=1:1;[a] x=y:z",
      '👩‍👩‍👧‍👦 family 🇯🇵 flag',
      'العربية שלום हिन्दी ไทย 中文 한국어',
      'a_b_c x*y ** 2 $HOME `',
      'constructor __proto__ toString',
    ];
    for (const text of texts) {
      const escaped = text.replace(/[\\`*_[\]<]/g, '\\$&');
      assert.deepEqual(spoken(escaped), [text]);
    }
  });

  test('a byte order mark, any line ending, NUL and half an emoji leave the text whole', () => {
    assert.deepEqual(spoken('\uFEFF---\r\ntitle: T\r\n---\r\n# A\r\n\r\nOne\r\ntwo.\rthree'), [
      'One two. three',
    ]);
    assert.deepEqual(spoken('a\0b \uD83D c \uDE00 d &#0; &#xD800; e'), ['ab c d e']);
  });

  test('limits are told with the place', () => {
    const long = (length: number) => 'word '.repeat(length / 5);
    expectMistake(`Hi.\n\n${long(limits.passageLength + 10)}`, {
      at: [3, 1],
      message: /at most 5000 characters/,
    });
    expectMistake(`Hi.\n\n## ${long(limits.headingLength + 10)}`, {
      at: [3, 1],
      message: /heading has at most 200/,
    });
    expectMistake(`- a\n- ${long(limits.pointLength + 10)}`, {
      at: [2, 3],
      message: /point has at most 300/,
    });
    expectMistake('- a\n'.repeat(21), { at: [21, 3], message: /at most 20 points/ });
    expectMistake('a\n\n'.repeat(101), { at: [201, 1], message: /at most 100 paragraphs/ });
    expectMistake('a\n\n---\n\n'.repeat(501), {
      at: [1999, 1],
      message: /at most 500 scenes/,
      code: 'script_too_long',
    });
  });

  test('what is not supported says so, and where', () => {
    expectMistake('Hi.\n\n    indented', { at: [3, 1], message: /indented by four spaces/ });
    expectMistake('Hi <b>there</b>.', { at: [1, 4], message: /HTML is not supported: "<b>"/ });
    expectMistake('Hi.\n\n<div>\nthere\n</div>', { at: [3, 1], message: /HTML is not supported/ });
    expectMistake('Hi[^1].\n\n[^1]: Note.', { at: [1, 3], message: /footnotes are not supported/ });
    expectMistake('Hi.\n\n> ## Inside', { at: [3, 3], message: /cannot begin inside a list or a quote/ });
  });

  test('nothing to read, nothing to speak', () => {
    for (const script of ['', ' \n\t\n', '\uFEFF', '---\ntitle: x\n---\n', '<!-- note: nothing -->']) {
      expectMistake(script, { at: [1, 1], message: /no (text|scene)/, code: 'script_empty' });
    }
    for (const script of ['# Only a title', '![a](a.jpg)', '🎉', '- …']) {
      expectMistake(script, { at: [1, 1], message: /word to speak/, code: 'narration_missing' });
    }
  });
});
