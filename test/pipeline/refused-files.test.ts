import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspectMedia } from '../../src/pipeline/inspect-media.ts';
import { type Asset, limits } from '../../src/protocol/index.ts';
import { parseTimingFile } from '../../src/timeline/timing-file.ts';
import { fontFile } from '../media/support/font-files.ts';
import { writeVideo } from '../media/support/write-video.ts';
import { drawHalves } from '../pictures/picture-files.ts';
import { svgOf } from '../pictures/svg-files.ts';
import { sine, writeWav } from '../support/media.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-refused-'));
after(() => rm(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

/** How such a file comes to be, by what the table of docs/api.md says of it (its beginning). */
const cases: Readonly<
  Record<string, { readonly make: (file: string) => Promise<void>; readonly as?: Asset['kind'] }>
> = {
  'has no bytes': { make: (file) => writeFile(file, '') },
  'is of none of these kinds': { make: (file) => writeFile(file, '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n') },
  'has more than 200 MB; as a font': {
    make: async (file) => {
      await copyFile(fontFile('inter', 'latin', 'woff2'), file);
      await truncate(file, limits.fontBytes + 1);
    },
  },
  'is a picture that is cut off': {
    make: async (file) => await writeHalf(file, drawHalves().toBuffer('image/png')),
  },
  'is an SVG that is more than a drawing': { make: (file) => writeFile(file, svgOf('<script>1</script>')) },
  'is a sound that is cut off': {
    make: async (file) => {
      const sampleRate = 48_000;
      const tone = sine({ frequencyHz: 440, amplitude: 0.3, durationSeconds: 1, sampleRate });
      await writeWav(at('whole.wav'), tone, { sampleRate });
      await writeHalf(file, await readFile(at('whole.wav')));
    },
  },
  'is a video that is cut off': {
    make: async (file) => await writeHalf(file, await readFile(at('whole.mp4'))),
  },
  'is a font that is cut off': {
    make: async (file) => await writeHalf(file, await readFile(fontFile('inter', 'latin', 'woff2'))),
  },
  'is a timing file in which no word': { make: (file) => writeFile(file, 'WEBVTT\n\nNOTE nothing yet\n') },
  'is used as something that it is not': { make: (file) => copyFile(at('whole.mp4'), file), as: 'picture' },
};

before(async () => {
  const pictures = Array.from({ length: 20 }, (_, index) => ({
    timeMs: index * 40,
    pixels: new Uint8Array(64 * 64 * 4).map((_value, pixel) => (pixel * (index + 7)) % 251),
  }));
  await writeVideo(at('whole.mp4'), { kind: 'h264', width: 64, height: 64, pictures });
});

test('what the API’s page says of files that are refused is so', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
  const rows = [...page.matchAll(/^\| ((?:has|is) [^|]*?) *\| `(\w+)` *\|$/gm)];
  const found = rows.map(
    ([, what = '']) => Object.keys(cases).find((start) => what.startsWith(start)) ?? what,
  );
  assert.deepEqual(found, Object.keys(cases));
  for (const [index, [, what, code]] of rows.entries()) {
    const { make, as } = cases[found[index] ?? ''] ?? assert.fail(`no case for ${what}`);
    await make(at(`${index}`));
    await assert.rejects(inspectMedia(at(`${index}`), 'file', as), { code }, what);
  }
});

test('the timing file on the language’s page is one', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/script-language.md'), 'utf8');
  const [, example = ''] = /^```json\n(\[\n {2}\{ "word"[\s\S]*?)^```$/m.exec(page) ?? [];
  const phrases = parseTimingFile(example);
  assert.deepEqual(
    phrases.map(({ text, startSeconds }) => [text, startSeconds]),
    [
      ['The', 0.2],
      ['lake', 0.34],
      ['was quiet that morning.', 0.8],
    ],
  );
});

async function writeHalf(file: string, bytes: Buffer): Promise<void> {
  await writeFile(file, bytes.subarray(0, bytes.length / 2));
}
