import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileUse, listSources, parseScript, referencedFiles, withSources } from '../../src/script/index.ts';
import { expectMistake } from './expect-mistake.ts';

const asset = (digit: string) => `asset:${digit.repeat(64)}`;

describe('pictures', () => {
  test('an image is its scene’s picture, wherever it stands; its paragraph is not spoken', () => {
    for (const script of [
      '## A\n\n![A lake](lake.jpg "title")\n\nHi.',
      '## A\n\nHi.\n\n![A lake](lake.jpg)',
      '## A ![A lake](lake.jpg)\n\nHi.',
      '## A\n\n![A lake](lake.jpg) Hi.',
      '## A\n\n[![A lake](lake.jpg)](https://x.example)\n\nHi.',
      '## A\n\n![A lake][l]\n\nHi.\n\n[l]: lake.jpg',
    ]) {
      const { scenes } = parseScript(script);
      assert.equal(scenes.length, 1, script);
      assert.deepEqual(
        scenes[0]?.picture,
        { source: 'lake.jpg', alt: 'A lake', motion: 'ken-burns', fit: 'cover' },
        script,
      );
      assert.deepEqual(scenes[0]?.narration, [{ text: 'Hi.' }], script);
      assert.equal(scenes[0]?.heading, 'A', script);
    }
  });

  test('a second picture begins a scene that keeps the heading, but for a title card’s', () => {
    const script =
      '# T\n\n![](a.jpg)\n\nOne.\n\n![](b.jpg)\n\n## H\n\n![](c.jpg)\n\nTwo.\n\n![](d.jpg)\n\nThree.';
    assert.deepEqual(
      parseScript(script).scenes.map(({ heading, layout, picture, narration }) => [
        heading,
        layout,
        picture?.source,
        narration[0]?.text,
      ]),
      [
        ['T', 'title', 'a.jpg', 'One.'],
        [undefined, 'content', 'b.jpg', undefined],
        ['H', 'content', 'c.jpg', 'Two.'],
        ['H', 'content', 'd.jpg', 'Three.'],
      ],
    );
  });

  test('names are those of the file system; addresses stay as they are', () => {
    const sourceOf = (address: string) => parseScript(`![](${address})\n\nHi.`).scenes[0]?.picture?.source;
    assert.equal(sourceOf('./a/my%20lake.jpg'), 'a/my lake.jpg');
    assert.equal(sourceOf('<my lake.jpg>'), 'my lake.jpg');
    assert.equal(sourceOf('100%.jpg'), '100%.jpg');
    assert.equal(sourceOf('写真.png'), '写真.png');
    assert.equal(sourceOf('https://x.example/a%20b.jpg?c=d'), 'https://x.example/a%20b.jpg?c=d');
    assert.equal(sourceOf(asset('a')), asset('a'));
  });

  test('what is neither a name nor an address is refused', () => {
    for (const address of [
      '/etc/passwd',
      'file:///a.jpg',
      'C:\\\\a.jpg',
      '%2Fetc/passwd',
      'data:image/png;base64,AA',
      'http:///',
      '',
    ]) {
      expectMistake(`Hi.\n\nMore ![x](${address}).`, {
        at: [3, 6],
        message: /is no picture or clip: name a file/,
      });
    }
  });
});

describe('sources', () => {
  const script =
    '---\nmusic: song.mp3\n---\n# T\n\n![](a.jpg)\n\nHi.\n\n## B\n\n![](./b%20c.jpg)\n\n## C\n\n![](a.jpg)';

  test('listSources gives each once, with the first scene that needs it', () => {
    assert.deepEqual(listSources(parseScript(script)), [
      { source: 'a.jpg', kind: 'picture', scene: 'scene-1' },
      { source: 'b c.jpg', kind: 'picture', scene: 'scene-2' },
      { source: 'song.mp3', kind: 'audio' },
    ]);
  });

  test('withSources replaces names, however they are written, and nothing else', () => {
    const composition = parseScript(script);
    const sources = {
      './a.jpg': asset('1'),
      'b%20c.jpg': asset('2'),
      'song.mp3': asset('3'),
      'other.jpg': asset('4'),
    };
    const replaced = withSources(composition, sources);
    assert.deepEqual(
      listSources(replaced).map(({ source }) => source),
      [asset('1'), asset('2'), asset('3')],
    );
    assert.deepEqual(withSources(composition, {}), composition);
    assert.equal(listSources(composition)[0]?.source, 'a.jpg', 'the original is untouched');
  });

  test('referencedFiles finds the files of a script that is still wrong', () => {
    assert.deepEqual(
      referencedFiles(`${script}\n\n<!-- duration: oops -->\n\n![](https://x.example/d.jpg)`),
      [
        { source: 'a.jpg', kind: 'picture' },
        { source: 'b c.jpg', kind: 'picture' },
        { source: 'song.mp3', kind: 'audio' },
      ],
    );
    assert.deepEqual(referencedFiles('---\ntheme: wrong\n---\n![](a.jpg)'), [
      { source: 'a.jpg', kind: 'picture' },
    ]);
    assert.deepEqual(referencedFiles(''), []);
    assert.deepEqual(referencedFiles('---\ntitle: unclosed\n![](a.jpg)'), [
      { source: 'a.jpg', kind: 'picture' },
    ]);
  });

  const everything = `---
music: song.mp3
brand: { logo: logo.svg, fonts: { heading: a.woff2, body: b.ttf } }
---
## A

<!-- layout: split -->

![](a.jpg) ![](b.jpg)

Hi.

---

![](./my%20clip.mp4)

<!-- voice-over: take.wav, timing: take.vtt -->

Hi.

---

![](a.jpg)`;

  const kinds = [
    ['a.jpg', 'picture'],
    ['b.jpg', 'picture'],
    ['my clip.mp4', 'video'],
    ['take.wav', 'audio'],
    ['take.vtt', 'timing'],
    ['logo.svg', 'picture'],
    ['a.woff2', 'font'],
    ['b.ttf', 'font'],
    ['song.mp3', 'audio'],
  ];

  test('all kinds of files are listed, referenced, replaced and found in the script', () => {
    const composition = parseScript(everything);
    const listed = listSources(composition);
    assert.deepEqual(
      listed.map(({ source, kind }) => [source, kind]),
      kinds,
    );
    assert.deepEqual(
      listed.map(({ scene }) => scene),
      ['scene-1', 'scene-1', 'scene-2', 'scene-2', 'scene-2', undefined, undefined, undefined, undefined],
    );
    assert.deepEqual(
      referencedFiles(everything).map(({ source, kind }) => [source, kind]),
      kinds,
    );
    const assets = kinds.map(([name = ''], index) => [name, asset(String(index))] as const);
    assert.deepEqual(
      listSources(withSources(composition, Object.fromEntries(assets))).map(({ source }) => source),
      assets.map(([, id]) => id),
    );
    assert.deepEqual(fileUse(everything, 'b.jpg'), { line: 9, column: 12 });
    assert.deepEqual(fileUse(everything, 'my clip.mp4'), { line: 15, column: 1 });
    assert.deepEqual(fileUse(everything, 'take.vtt'), { line: 17, column: 28 });
    assert.equal(fileUse(everything, 'song.mp3'), undefined);
  });

  test('one file used as two things is listed for each', () => {
    const script = '![](a.mp4)\n\n<!-- voice-over: a.mp4 -->\n\nHi.';
    const uses = [
      { source: 'a.mp4', kind: 'video' },
      { source: 'a.mp4', kind: 'audio' },
    ];
    assert.deepEqual(referencedFiles(script), uses);
    assert.deepEqual(
      listSources(parseScript(script)).map(({ source, kind }) => ({ source, kind })),
      uses,
    );
  });
});
