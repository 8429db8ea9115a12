import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseScript } from '../../src/script/index.ts';
import { expectMistake } from './expect-mistake.ts';

const linesOf = (script: string) =>
  parseScript(script).scenes[0]?.narration.map(({ lines }) => lines && [lines.from, lines.to]);

describe('code', () => {
  test('is kept as written, with its language', () => {
    const codeOf = (script: string) => parseScript(`${script}\n\nHi.`).scenes[0]?.code;
    assert.deepEqual(codeOf('```ts\nconst a = 1;\n\n\tif (a) {}  \n```'), {
      language: 'ts',
      text: 'const a = 1;\n\n\tif (a) {}  ',
    });
    assert.deepEqual(codeOf('~~~\n<!-- duration: 4s -->\n~~~'), {
      language: 'text',
      text: '<!-- duration: 4s -->',
    });
    assert.equal(codeOf('```c++{1}\nx\n```')?.language, 'c++');
  });

  test('the paragraphs below light lines in turn', () => {
    const code = (label: string) =>
      `## A\n\nFirst.\n\n\`\`\`${label}\na\nb\nc\n\`\`\`\n\nOne.\n\nTwo.\n\nThree.`;
    for (const label of ['ts {1-2|*|3}', 'ts{1-2|all|3}', '{1 - 2|*| 3 }']) {
      assert.deepEqual(linesOf(code(label)), [undefined, [1, 2], [1, 3], [3, 3]], label);
    }
    assert.deepEqual(linesOf(code('ts {2}')), [undefined, [2, 2], [1, 3], [1, 3]]);
  });

  test('a directive lights lines for one paragraph', () => {
    const script =
      '```\na\nb\n```\n\n<!-- lines: 2 -->\n\nOne.\n\nTwo.\n\nThree, <!-- lines: 1-2 --> three.\n\nFour. <!-- lines: 1 -->';
    assert.deepEqual(linesOf(script), [
      [2, 2],
      [1, 2],
      [1, 2],
      [1, 1],
    ]);
  });

  test('mistakes', () => {
    const refuse = (script: string, at: readonly [number, number], message: RegExp) =>
      expectMistake(script, { at, message });
    const code = '```\na\nb\n```\n\n';
    refuse('Hi.\n\n```\n\n```', [3, 1], /the code block is empty/);
    refuse(`\`\`\`\n${'x'.repeat(4_001)}\n\`\`\``, [1, 1], /at most 4000 characters, this one 4001/);
    refuse('```ts title="a.ts"\nx\n```', [1, 1], /"title="a.ts"" is unknown behind.*```ts \{1-3\|5\}/);
    refuse('```ts {1,2}\nx\n```\n\nHi.', [1, 1], /"1,2" does not name lines; write \{1-3\|5\}/);
    refuse('```ts {2}\nx\n```\n\nHi.', [1, 1], /no line 2: the code has one line/);
    refuse('```ts {1|1}\nx\n```\n\nHi.', [1, 1], /lights 2 parts.*write 1 more below it/);
    refuse(`${code}<!-- lines: 3 -->\n\nHi.`, [6, 6], /no line 3: the code has 2 lines/);
    refuse(`${code}<!-- lines: 2-1 -->\n\nHi.`, [6, 13], /write 3 or 3-5/);
    refuse(`${code}Hi.\n\n<!-- lines: 1 -->`, [8, 6], /no paragraph follows/);
    refuse(`${code}<!-- lines: 1 --> <!-- lines: 2 -->\n\nHi.`, [6, 24], /lines of line 6 have no paragraph/);
    refuse('<!-- lines: 1 -->\n\nHi.', [1, 6], /the scene has none/);
    refuse('```{1}\na\n```\n\n<!-- lines: 1 -->\n\nHi.', [5, 6], /says in line 1 what is lit/);
  });
});
