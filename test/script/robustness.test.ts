import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../scripts/example-pictures/canvas.ts';
import { AuraError, compositionSchema, limits } from '../../src/protocol/index.ts';
import { isSpeakable } from '../../src/script/clean-text.ts';
import { parseScript, referencedFiles } from '../../src/script/index.ts';
import { readExamples } from './read-examples.ts';

/** What mutations put in: the language's own signs, and what breaks careless parsers. */
const pieces = [
  '---\n',
  '\n\n---\n\n',
  '\n',
  '\r\n',
  '# ',
  '## ',
  '- ',
  '1. ',
  '> ',
  '    ',
  '`',
  '```\n',
  '|',
  '![](',
  '![a](b.jpg)',
  ')',
  '[',
  ']',
  '<!--',
  '-->',
  '<!-- duration: 4s -->',
  ' transition: fade',
  ':',
  ',',
  ';',
  '"',
  "'",
  '*',
  '**',
  '_',
  '~~',
  '<b>',
  '<br>',
  '&amp;',
  '&#0;',
  '\\',
  '%{}',
  '\0',
  '\uD800',
  '\uDC00',
  '\uFEFF',
  '\u2028',
  '🎉',
  '👩‍👩‍👧',
  'א',
  'ع',
  '日',
  '[^1]',
  '[^1]: x\n',
  'title: x\n',
  'voice: {\n',
  '&a *a',
  '!!binary x',
  '__proto__: x\n',
  '```ts {1-3|5}\na\nb\n```\n',
  '{2}',
  '\n\n| a | b |\n|---|--:|\n| c | 12 % |\n| d | 1,5 |\n\n',
  '<!-- chart: pie -->',
  '<!-- lines: 2-3 -->',
  '<!-- layout: split -->',
  '<!-- layout: grid -->',
  '<!-- layout: quote -->',
  '<!-- layout: lower-third, text: stagger -->',
  '<!-- clip: 3s-8s, loop: yes -->',
  '<!-- voice-over: a.wav, timing: a.vtt -->',
  '![a](b.mp4)',
  '\n\n> Said.\n> — Ann\n\n',
  'brand: { colors: { accent: #112233 } }\n',
  'size: 640x360\n',
  '__proto__',
];

test('whatever is done to a script, it parses into a valid composition or says what is wrong', async () => {
  const random = seededRandom(2024);
  const scripts = (await readExamples()).map(({ script }) => script);
  const outcomes = { parsed: 0, refused: 0 };
  for (let round = 0; round < 1_000; round += 1) {
    const script = mutated(scripts[round % scripts.length] ?? '', random);
    try {
      const composition = parseScript(script);
      assert.deepEqual(compositionSchema.parse(composition), composition);
      const texts = composition.scenes.flatMap(({ narration }) => narration.map(({ text }) => text));
      assert.ok(texts.every((text) => isSpeakable(text) && text.isWellFormed() && !/\p{Cc}/u.test(text)));
      outcomes.parsed += 1;
    } catch (error) {
      assertReadable(error, script);
      outcomes.refused += 1;
    }
    referencedFiles(script);
  }
  assert.ok(outcomes.parsed > 100 && outcomes.refused > 100, JSON.stringify(outcomes));
});

test('a script of any size and shape is read or refused in seconds', () => {
  const filled = (piece: string, length: number = limits.scriptBytes) =>
    piece.repeat(Math.floor(length / piece.length));
  const scripts = {
    'a long real one': filled(`## Scene\n\n${'All of these words are spoken. '.repeat(60)}\n\n`),
    'one paragraph': filled('a word '),
    'far too long': filled('x', 50_000_000),
    quotes: filled('>'),
    'list marks': filled('1. '),
    'nested lists': Array.from({ length: 1_300 }, (_, depth) => `${'  '.repeat(depth / 2)}- a`).join('\n'),
    'many points': filled(`- ${'a'.repeat(98)}\n`),
    emphasis: filled(`${'*a_ '.repeat(90)}\n\n`),
    brackets: filled('['),
    links: filled('[a]('),
    'open comments': filled('<!-- '),
    comments: filled('<!-- duration: 4s -->\n\n'),
    'one comment': `<!--${filled('\nduration: 4s')}`,
    'yaml brackets': `---\ntitle: ${filled('[')}\n---\nHi.`,
    'yaml lines': `---\n${filled('a: b\n')}---\nHi.`,
    spaces: `a${filled(' ', 900_000)}b`,
    tables: `|a|\n|-|\n${filled('|a|\n', 900_000)}`,
  };
  for (const [name, script] of Object.entries(scripts)) {
    // Processor time: other tests run beside this one.
    const before = process.cpuUsage();
    try {
      parseScript(script);
    } catch (error) {
      assertReadable(error, script);
    }
    const seconds = process.cpuUsage(before).user / 1e6;
    assert.ok(seconds < 15, `${name}: ${seconds.toFixed(1)} s`);
  }
});

function assertReadable(error: unknown, script: string): void {
  assert.ok(error instanceof AuraError, `${JSON.stringify(script.slice(0, 3_000))}: ${String(error)}`);
  const { line = 0, column = 0 } = error.place ?? {};
  assert.ok(line >= 1 && column >= 1, error.message);
  assert.ok(
    line <= script.split(/\r\n?|\n/).length,
    `${error.message} in ${JSON.stringify(script.slice(0, 3_000))}`,
  );
  assert.ok(error.message.length < 600, error.message);
}

function mutated(script: string, random: () => number): string {
  let text = script;
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change += 1) {
    const at = Math.floor(random() * text.length);
    const to = at + Math.floor(random() ** 3 * 60);
    const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
    const kind = random();
    if (kind < 0.5) text = text.slice(0, at) + piece + text.slice(at);
    else if (kind < 0.75) text = text.slice(0, at) + text.slice(to);
    else text = text.slice(0, at) + text.slice(at, to) + text.slice(at);
  }
  return text;
}
