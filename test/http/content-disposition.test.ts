import assert from 'node:assert/strict';
import test from 'node:test';
import { contentDisposition, fileNameFor } from '../../src/http/content-disposition.ts';

const names: readonly (readonly [title: string, name: string])[] = [
  ['My talk', 'My talk.mp4'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.mp4'],
  ['../../etc/passwd', 'etc passwd.mp4'],
  [' ..hidden. ', 'hidden.mp4'],
  ['line\r\nSet-Cookie: x=1', 'line Set-Cookie x=1.mp4'],
  ['日本語 العربية 😀', '日本語 العربية 😀.mp4'],
  ['evil\u202E4pm.exe', 'evil 4pm.exe.mp4'],
  ['half \ud83d of a pair', 'half \uFFFD of a pair.mp4'],
  ['///', 'video.mp4'],
  ['', 'video.mp4'],
  ['x'.repeat(300), `${'x'.repeat(80)}.mp4`],
];
for (const [title, name] of names) {
  test(`${JSON.stringify(title.slice(0, 40))} is saved as ${name.slice(0, 40)}`, () => {
    assert.equal(fileNameFor(title, '.mp4'), name);
    const header = contentDisposition('attachment', name);
    assert.match(header, /^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/);
    assert.equal(decodeURIComponent(header.split("''")[1] ?? ''), name);
  });
}
