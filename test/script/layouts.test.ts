import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseScript } from '../../src/script/index.ts';
import { expectMistake } from './expect-mistake.ts';

const scenesOf = (script: string) => parseScript(script).scenes;
const layoutsOf = (script: string) => scenesOf(script).map(({ layout }) => layout);

const table = '| Year | Sold |\n| --- | --: |\n| 2024 | 12 |\n| 2025 | 30 |';

describe('layouts by what a scene holds', () => {
  test('code, a table, a chart and a lone quote', () => {
    assert.deepEqual(layoutsOf('## A\n\n```ts\nx\n```\n\nHi.'), ['code']);
    assert.deepEqual(layoutsOf(`# A\n\n${table}\n\nHi.`), ['table']);
    assert.deepEqual(layoutsOf(`## A\n\n<!-- chart: pie -->\n\n${table}\n\nHi.`), ['chart']);
    assert.deepEqual(layoutsOf('## A\n\n> Stay hungry.'), ['quote']);
  });

  test('a table keeps its alignment, and short rows are filled up', () => {
    const [scene] = scenesOf('| a | b | c |\n|---|:-:|--:|\n| **1** | `2` |\n\nHi.');
    assert.deepEqual(scene?.table, {
      columns: [
        { heading: 'a', align: 'start' },
        { heading: 'b', align: 'center' },
        { heading: 'c', align: 'end' },
      ],
      rows: [['1', '2', '']],
    });
  });

  test('what fills the screen begins a scene of its own when something is on it already', () => {
    const shown = (script: string) =>
      scenesOf(script).map(({ heading, layout, points, picture }) => [
        heading,
        layout,
        points.length,
        picture?.source,
      ]);
    const code = '```\nx\n```';
    assert.deepEqual(shown(`## A\n\n- p\n- q\n\n${code}\n\nHi.\n\n${table}\n\n- r\n\n![](a.jpg)`), [
      ['A', 'content', 2, undefined],
      ['A', 'code', 0, undefined],
      ['A', 'table', 0, undefined],
      ['A', 'content', 1, 'a.jpg'],
    ]);
    assert.deepEqual(shown(`# T\n\n![](a.jpg)\n\nHi.\n\n${code}\n\n![](b.jpg)`), [
      ['T', 'title', 0, 'a.jpg'],
      [undefined, 'code', 0, undefined],
      [undefined, 'content', 0, 'b.jpg'],
    ]);
  });

  test('a table that cannot be shown is told cell by cell', () => {
    expectMistake('| a |\n|---|\n| 1 | 2 |\n\nHi.', {
      at: [3, 7],
      message: /"2" is in column 2.*header has 1/,
    });
    expectMistake('| a |\n|---|\n| ![](a.jpg) |', { at: [3, 3], message: /a table holds text/ });
    expectMistake(`| a |\n|---|\n| ${'x'.repeat(121)} |`, { at: [3, 3], message: /at most 120/ });
    expectMistake(`| a |\n|---|\n${'| 1 |\n'.repeat(15)}`, { at: [1, 1], message: /at most 14 rows/ });
    const wide = (cell: string) => `|${cell.repeat(9)}\n`;
    expectMistake(wide(' a |') + wide('---|'), { at: [1, 1], message: /at most 8 columns/ });
  });
});

describe('quotes', () => {
  test('the last line says who, and is not spoken', () => {
    for (const source of ['— Ann', '-- Ann', '– Ann', '\n> — Ann']) {
      const [scene] = scenesOf(`## A\n\n> It is **great**,\n> really.\n> ${source}`);
      assert.deepEqual(scene?.quote, { text: 'It is great, really.', source: 'Ann' }, source);
      assert.deepEqual(scene?.narration, [{ text: 'It is great, really.' }], source);
    }
    const [two] = scenesOf('> One.\n>\n> Two.');
    assert.deepEqual(two?.quote, { text: 'One. Two.' });
    assert.deepEqual(two?.narration, [{ text: 'One.' }, { text: 'Two.' }]);
  });

  test('beside other things it is only spoken, unless the layout says so; and the other way round', () => {
    for (const script of [
      'Hi.\n\n> Q.',
      '> Q.\n\nHi.',
      '![](a.jpg)\n\n> Q.',
      '> Q.\n\n> R.',
      '- p\n\n> Q.',
    ]) {
      assert.deepEqual(layoutsOf(script), ['content'], script);
    }
    assert.deepEqual(layoutsOf('<!-- note: x -->\n\n> Q.\n\n<!-- layout: content -->'), ['content']);
    const [scene] = scenesOf(
      '## A\n\n<!-- layout: quote -->\n\n![](a.jpg)\n\nShe said:\n\n> Q.\n> -- Ann\n\nYes.',
    );
    assert.deepEqual(scene?.quote, { text: 'Q.', source: 'Ann' });
    assert.deepEqual(scene?.narration, [{ text: 'She said:' }, { text: 'Q.' }, { text: 'Yes.' }]);
    assert.equal(scene?.picture?.source, 'a.jpg');
    assert.deepEqual(layoutsOf(`> ${'word '.repeat(101)}`), ['content'], 'too long to be shown');
  });
});

describe('layouts by directive', () => {
  const withLayout = (layout: string, rest: string) =>
    `## 42 %\n\n<!-- layout: ${layout} -->\n\n${rest}\n\nHi.`;

  test('each of them', () => {
    for (const layout of ['title', 'content', 'end', 'number', 'lower-third']) {
      assert.deepEqual(layoutsOf(withLayout(layout, '')), [layout]);
    }
    for (const layout of ['picture', 'picture-left', 'picture-right', 'lower-third']) {
      assert.deepEqual(layoutsOf(withLayout(layout, '![](a.jpg)')), [layout]);
      assert.deepEqual(layoutsOf(withLayout(layout, '![](a.mp4)')), [layout]);
    }
    assert.deepEqual(layoutsOf(withLayout('chart', table)), ['chart']);
    assert.equal(scenesOf(withLayout('chart', table))[0]?.chart?.kind, 'bar');
  });

  test('all images of a split or a grid are its own, wherever the directive stands', () => {
    for (const script of [
      '## A\n\n<!-- layout: split -->\n\n![x](a.jpg)\n\n- One\n\n![](b.jpg)\n\n- Two',
      '## A\n\n![x](a.jpg)\n\n- One\n\n![](b.jpg)\n\n- Two\n\n<!-- layout: split, motion: none, fit: contain -->',
      'Hi.\n\n---\n\n![x](a.jpg) ![](b.jpg)\n\n- One\n- Two\n\n<!-- layout: split -->',
      '![x](a.jpg) ![](b.jpg)\n\n- One\n- Two\n\n<!-- layout: split -->\n\n---\n\nHi.',
    ]) {
      const scene = scenesOf(script).find(({ layout }) => layout === 'split');
      assert.deepEqual(
        scene?.pictures.map(({ source, alt }) => [source, alt]),
        [
          ['a.jpg', 'x'],
          ['b.jpg', ''],
        ],
        script,
      );
      assert.deepEqual(scene?.points, ['One', 'Two']);
    }
    const [grid] = scenesOf(`<!-- layout: grid, fit: contain -->\n\n${'![](a.jpg) '.repeat(9)}\n\nHi.`);
    assert.equal(grid?.pictures.length, 9);
    assert.ok(grid?.pictures.every(({ fit }) => fit === 'contain'));
  });

  test('a layout without what it shows says what to write', () => {
    const refuse = (layout: string, rest: string, at: readonly [number, number], message: RegExp) =>
      expectMistake(withLayout(layout, rest), { at, message });
    refuse('code', '', [3, 6], /the layout code shows code; write it between two lines of ```/);
    refuse('table', '', [3, 6], /shows a table; write one/);
    refuse('chart', '', [3, 6], /shows a table/);
    refuse('quote', '', [3, 6], /write it as > text/);
    refuse('quote', '> A.\n\nHi.\n\n> B.', [3, 6], /shows one quote, and the scene has 2/);
    refuse('quote', `> ${'word '.repeat(101)}`, [3, 6], /at most 500 characters/);
    refuse('picture', '', [3, 6], /shows an image/);
    refuse('split', '![](a.jpg)', [3, 6], /shows two images, and the scene has 1/);
    refuse('grid', '![](a.jpg)'.repeat(10), [3, 6], /2 to 9 images, and the scene has 10/);
    refuse('split', '![](a.jpg) ![](b.mp4)', [5, 12], /shows pictures; put the clip/);
    refuse('split', '![](a.jpg) ![](b.jpg)\n\n- a\n- b\n- c', [5, 1], /at most as many points, not 3/);
    refuse('title', '```\nx\n```', [5, 1], /does not show code; leave the layout out/);
    refuse('code', table, [3, 6], /shows code/);
    refuse('content', table, [5, 1], /does not show a table/);
    expectMistake('<!-- layout: number -->\n\nHi.', { at: [1, 6], message: /write ## 42 %/ });
    expectMistake(`<!-- layout: table, chart: bar -->\n\n${table}`, {
      at: [1, 21],
      message: /the layout is table/,
    });
  });
});
