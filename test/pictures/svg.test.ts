import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { typefaceOf } from '../../src/drawing/index.ts';
import { registerFonts } from '../../src/media/register-fonts.ts';
import { decodePicture, inspectPicture } from '../../src/pictures/index.ts';
import { drawHalves } from './picture-files.ts';
import { embedded, svgOf } from './svg-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-svg-'));
after(() => rm(folder, { recursive: true }));

async function inspect(svg: string) {
  const file = join(folder, 'logo');
  await writeFile(file, svg);
  return await inspectPicture(file, 'logo.svg');
}

type Drawing = NonNullable<Parameters<typeof decodePicture>[2]>;

async function draw(svg: string, drawing: Drawing = {}) {
  const image = await decodePicture(Buffer.from(svg), 'logo.svg', drawing);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const at = (x: number, y: number) => [
    ...data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4),
  ];
  return { width: image.width, height: image.height, data, at };
}

describe('SVG pictures', () => {
  const sizes: Readonly<Record<string, readonly [number, number]>> = {
    'width="30" height="20"': [30, 20],
    'width="30.4px" height="1in"': [30, 96],
    'width="254mm" height="12.7cm"': [960, 480],
    'viewBox="0 0 40 10"': [40, 10],
    'viewBox="-5,-5 40 10" width="100%"': [40, 10],
    'viewBox="0 0 40 10" width="80"': [80, 20],
    'viewBox="0 0 40 10" height="5em"': [320, 80],
    'viewBox="0 0 40 10" width="20" height="20"': [20, 20],
  };
  for (const [attributes, [width, height]] of Object.entries(sizes)) {
    it(`with ${attributes} are ${width} x ${height} pixels`, async () => {
      assert.deepEqual(await inspect(svgOf('<path d="M0 0h9v9z"/>', attributes)), {
        contentType: 'image/svg+xml',
        width,
        height,
      });
    });
  }

  it('are drawn as large as they are needed, and sharp', async () => {
    const svg = svgOf('<rect width="5" height="10" fill="red"/>', 'width="10" height="10"');
    const drawn = await draw(svg, { minimumWidth: 1000, minimumHeight: 500 });
    assert.deepEqual([drawn.width, drawn.height], [1000, 1000]);
    assert.deepEqual(
      [drawn.at(498, 500), drawn.at(502, 500)],
      [
        [255, 0, 0, 255],
        [0, 0, 0, 0],
      ],
    );
    const small = await draw(svg, { minimumWidth: 4, minimumHeight: 3 });
    assert.deepEqual([small.width, small.height], [4, 4]);
  });

  it('are never larger than a picture may be', async () => {
    const banner = svgOf('<rect width="9" height="9"/>', 'viewBox="0 0 10000 10"');
    const { width, height } = await draw(banner, { minimumHeight: 2000 });
    assert.deepEqual([width, height], [16_384, 16]);
  });

  const drawings: Readonly<Record<string, string>> = {
    'a style sheet': '<style>.a{fill:#ff0000}</style><rect class="a" width="20" height="20"/>',
    'a style attribute': '<rect style="fill:#ff0000" width="20" height="20"/>',
    'a gradient': `<linearGradient id="g"><stop stop-color="red"/></linearGradient><rect fill="url(#g)" width="20" height="20"/>`,
    'a symbol used': '<symbol id="s"><path fill="red" d="M0 0h20v20H0z"/></symbol><use href="#s"/>',
    'a clip':
      '<clipPath id="c"><path d="M0 0h20v20z"/></clipPath><rect clip-path="url(\'#c\')" fill="red" width="20" height="20"/>',
    'an animation, at its beginning':
      '<rect fill="red" width="20" height="20"><animate attributeName="width" to="0" dur="1s"/></rect>',
    'links inside': '<a href="#x"><rect id="x" fill="red" width="20" height="20"/></a>',
    'text in CDATA':
      '<style><![CDATA[ g > rect { fill: red } ]]></style><g><rect width="20" height="20"/></g>',
    'notes of an editor': `<metadata xmlns:x="urn:x"><x:note about="http://example.com/">a &amp; b</x:note></metadata>
      <x:view xmlns:x="urn:x" x:docname="C:\\logo.svg"/><rect fill="red" width="20" height="20"/>`,
    'an embedded PNG': `<image href="${embedded(drawHalves({ width: 40, height: 20 }))}" width="40" height="20"/>`,
  };
  for (const [what, content] of Object.entries(drawings)) {
    it(`may hold ${what}`, async () => {
      const drawn = await draw(
        svgOf(content, 'xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20"'),
      );
      assert.deepEqual(drawn.at(12, 4), [255, 0, 0, 255]);
    });
  }

  it('are known with a declaration, comments and the document type of the standard', async () => {
    const type = '"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"';
    const before = `\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${'x'.repeat(4000)} --><!DOCTYPE svg PUBLIC ${type}>`;
    assert.equal((await inspect(`${before}\n${svgOf('', 'width="9" height="8"')}`)).width, 9);
    assert.equal((await inspect(svgOf('', 'width="9" height="8"').replace(/ xmlns="[^"]*"/, ''))).height, 8);
    const prefixed = '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="7" height="7"><s:g/></s:svg>';
    assert.equal((await inspect(prefixed)).width, 7);
  });

  it('are drawn with our own fonts, whichever they name', async () => {
    const texts: string[] = [];
    const typefaceFor = (text: string) => {
      texts.push(text);
      registerFonts({ text });
      return typefaceOf('en').families;
    };
    const named = (font: string) =>
      svgOf(`<text x="2" y="30" font-size="24" ${font}>Ag 漢 ن</text>`, 'width="120" height="40"');
    const drawn = await Promise.all(
      ['', 'font-family="serif"', 'style="font: 24px monospace"'].map((font) =>
        draw(named(font), { typefaceFor }),
      ),
    );
    assert.ok(drawn.every(({ data }) => Buffer.from(data).equals(Buffer.from(drawn[0]?.data ?? []))));
    assert.ok(texts.every((text) => text.includes('漢')));
    assert.ok(drawn[0]?.data.some((value) => value > 0));
  });
});
