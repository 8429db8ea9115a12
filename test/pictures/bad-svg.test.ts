import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { decodePicture } from '../../src/pictures/index.ts';
import { limits } from '../../src/protocol/index.ts';
import { pngClaiming } from './png-files.ts';
import { embedded, svgOf } from './svg-files.ts';

const xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20"';
const draw = (svg: string | Uint8Array) => decodePicture(Buffer.from(svg), 'logo.svg');

async function refused(svg: string | Uint8Array, message: RegExp | string): Promise<void> {
  const begun = performance.now();
  await assert.rejects(draw(svg), { name: 'AuraError', code: 'picture_invalid', message });
  assert.ok(performance.now() - begun < 2_000, 'refused before it is drawn');
}

const export_ = /Export it as plain SVG, or as PNG\.$/;

describe('an SVG that is more than a drawing', () => {
  const scripts: Readonly<Record<string, string>> = {
    'a script': '<script>alert(1)</script>',
    'a script by another prefix': '<x:script xmlns:x="http://www.w3.org/2000/svg" href="#a"/>',
    'a script of HTML': '<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>',
    'HTML in any element': '<h:p xmlns:h="http://www.w3.org/1999/xhtml">text</h:p>',
    'a foreign object': '<foreignObject width="9" height="9"><p>text</p></foreignObject>',
    'a handler': '<rect onload="alert(1)" width="9" height="9"/>',
    'a handler in capitals': '<rect ONCLICK="alert(1)" width="9" height="9"/>',
    'a handler that is animated': '<rect><set attributeName="onclick" to="alert(1)"/></rect>',
    'a link that is animated': '<a href="#a"><animate attributeName="xlink:href" values="javascript:1"/></a>',
    'an escape in its style': '<rect style="fill:\\75rl(http://10.0.0.1/)"/>',
  };
  for (const [what, content] of Object.entries(scripts)) {
    it(`is refused: ${what}`, () => refused(svgOf(`\n${content}`, xlink), export_));
  }

  it('is refused by name and line', async () => {
    const message =
      '“logo.svg”, line 3, has <script>: an SVG picture is drawn without scripts and without HTML. ' +
      'Export it as plain SVG, or as PNG.';
    await refused(svgOf('\n<g>\n<script/></g>'), message);
  });

  const pointers: Readonly<Record<string, string>> = {
    'a picture on the disk': '<image href="/etc/passwd" width="9" height="9"/>',
    'a picture by a file address': '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
    'a picture on a host': '<image href="http://169.254.169.254/latest/meta-data/" width="9" height="9"/>',
    'a picture beside it': '<image href="cat.png" width="9" height="9"/>',
    'a part of another file': '<use href="other.svg#part"/>',
    'a part of another file, in a style': '<rect style="fill:url(other.svg#part)"/>',
    'a filter on a host': `<rect filter='url( "https://example.com/f.svg#f" )'/>`,
    'an address written in entities': '<image href="&#x68;ttp://10.0.0.1/" width="9" height="9"/>',
    'an address without a scheme': '<image href="//10.0.0.1/a.png"/>',
    'a link that runs a script': '<a href="javascript:alert(1)"><path d=""/></a>',
    'an embedded SVG': '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>',
    'an embedded page': '<use href="data:text/html,x"/>',
    'a style sheet on a host': '<style>@import "http://10.0.0.1/a.css";</style>',
    'a style sheet by url': '<style>@import url(http://10.0.0.1/a.css);</style>',
    'a font': '<style>@font-face{font-family:a;src:url(http://10.0.0.1/a.woff2)}</style>',
    'a picture in a style': `<style><![CDATA[.a{fill:red}.b{mask:URL( 'http://10.0.0.1/' )}]]></style>`,
    'what a comment seems to hide': `<style>.a{x:"/*";mask:url(http://10.0.0.1/);y:"*/"}</style>`,
    'other places, by its base': '<g xml:base="http://10.0.0.1/"><use href="#a"/></g>',
  };
  for (const [what, content] of Object.entries(pointers)) {
    it(`points outside: ${what}`, () =>
      refused(
        svgOf(content, xlink),
        /only its own parts \(#name\) and embedded PNG, JPEG or WebP pictures are drawn/,
      ));
  }

  it('asks for a style sheet before it begins', () =>
    refused(`<?xml-stylesheet href="http://10.0.0.1/a.css"?>${svgOf('')}`, export_));
});

describe('an SVG that declares entities', () => {
  const laughs =
    '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">';
  const declarations: Readonly<Record<string, string>> = {
    'of a file': '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    'that laugh a billion times': `<!DOCTYPE svg [${laughs}]>`,
    'in another file': '<!DOCTYPE svg SYSTEM "http://10.0.0.1/evil.dtd">',
    'under a public name': '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://10.0.0.1/evil.dtd">',
    'and uses none': '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>',
  };
  for (const [what, declaration] of Object.entries(declarations)) {
    it(`is refused: ${what}`, () =>
      refused(
        `<?xml version="1.0"?>${declaration}${svgOf('<text>&c;</text>')}`,
        /declares entities or names a file that does/,
      ));
  }

  it('is refused when it uses one it did not declare', () =>
    refused(svgOf('<text>&nbsp;</text>'), /^“logo\.svg” is damaged: line 1, undefined entity/));
});

describe('an SVG that is small on the disk and endless on the screen', () => {
  const chain = (link: (index: number) => string, length: number) =>
    Array.from({ length }, (_, index) => link(index + 1)).join('');
  const bombs: Readonly<Record<string, string>> = {
    'parts that use parts': `<g id="a0"><path d="M0 0h1v1z"/></g>${chain((at) => `<g id="a${at}">${`<use href="#a${at - 1}"/>`.repeat(10)}</g>`, 12)}`,
    'patterns of patterns': `<path id="a0" d="M0 0h1v1z"/>${chain(
      (at) =>
        `<pattern id="a${at}" width="1" height="1">${`<rect fill="url(#a${at - 1})" width="1" height="1"/>`.repeat(10)}</pattern>`,
      12,
    )}`,
    'a blur on each of many': `<filter id="f"><feGaussianBlur stdDeviation="90"/></filter>${'<path filter="url(#f)" d="M0 0h9v9z"/>'.repeat(120)}`,
    'masks by a style sheet': `<style>${chain((at) => `.c${at}{mask:url(#m${at - 1})}`, 12)}</style><mask id="m0"/>${chain(
      (at) => `<mask id="m${at}">${`<rect class="c${at}" width="1" height="1"/>`.repeat(10)}</mask>`,
      12,
    )}`,
  };
  for (const [what, content] of Object.entries(bombs)) {
    it(`is refused: ${what}`, () =>
      refused(
        svgOf(content),
        /draws more than 50000 elements, as some or its filters are used again and again\. Simplify it/,
      ));
  }

  it('is drawn when it only has many colours', async () => {
    const gradient =
      '<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>';
    const many = '<path class="a" d="M0 0h1v1z"/>'.repeat(20_000);
    assert.equal((await draw(svgOf(`<style>.a{fill:url(#g)}</style>${gradient}${many}`))).width, 20);
    const shadows = '<filter id="f"><feDropShadow dx="1"/></filter><path filter="url(#f)" d="M0 0h9v9z"/>';
    assert.equal((await draw(svgOf(shadows))).width, 20);
  });

  it('is refused when it draws itself', async () => {
    await refused(svgOf('<g id="a"><use href="#a"/></g>'), /line 1, draws <g> inside itself/);
    const twins =
      '<pattern id="a"><rect fill="url(#b)"/></pattern><pattern id="b"><rect fill="url(#a)"/></pattern>';
    await refused(svgOf(twins), /draws <pattern> inside itself/);
    const mask = '<style>rect{mask:url("#m")}</style><mask id="m"><rect width="9" height="9"/></mask>';
    await refused(svgOf(mask), /draws <mask> inside itself/);
  });

  it('is refused when it has too much in it', async () => {
    await refused(svgOf('<g/>'.repeat(limits.svgElements)), /more than 50000 elements/);
    await refused(svgOf('<g>'.repeat(300) + '</g>'.repeat(300)), /nested more than 200 deep/);
    const steps = Array.from({ length: 300 }, (_, at) => `<g id="a${at}"><use href="#a${at + 1}"/></g>`).join(
      '',
    );
    await refused(svgOf(steps), /nested more than 200 deep, as its elements use each other/);
    await refused(svgOf(' '.repeat(limits.svgBytes)), /at most 10 million are possible: save it as PNG/);
  });

  it('is refused when a picture in it is one that would be', async () => {
    const claim = `data:image/png;base64,${pngClaiming(50_000, 50_000).toString('base64')}`;
    await refused(svgOf(`<image href="${claim}"/>`), /^“logo\.svg, line 1” has 50000 x 50000 pixels/);
    const large = `data:image/png;base64,${pngClaiming(7_000, 7_000).toString('base64')}`;
    const two = `<image href="${large}"/><image href="${large}"/>`;
    await refused(svgOf(two), /The pictures in “logo\.svg” have 98000000 pixels; at most 60 million/);
    const fake = `data:image/png;base64,${Buffer.from(svgOf('')).toString('base64')}`;
    await refused(svgOf(`<image href="${fake}"/>`), /is image\/svg\+xml, not a picture/);
    const whole = embedded(createCanvas(40, 40));
    const cut = `${whole.slice(0, whole.length - 40)}`;
    await refused(svgOf(`<image href="${cut}"/>`), /cut off or damaged/);
  });
});

describe('an SVG that is damaged', () => {
  const whole = svgOf('<g><rect width="9" height="9"/></g>');
  it('is refused wherever it is cut off', async () => {
    for (const length of [whole.length - 1, whole.length - 5, 90, 60]) {
      await refused(whole.slice(0, length), /^“logo\.svg” is damaged: line 1, /);
    }
  });

  it('is refused when it does not say how large it is', async () => {
    const todo = 'Give its <svg> a width and a height in pixels, or a viewBox.';
    for (const size of [
      '',
      'width="100%" height="100%"',
      'width="20"',
      'viewBox="0 0 0 5"',
      'width="-1" height="4"',
    ]) {
      await refused(svgOf('<path/>', size), `“logo.svg” does not say how large it is. ${todo}`);
    }
    await refused(svgOf('', 'width="1e9" height="1e9"'), /at most 60 million pixels are possible/);
    await refused(svgOf('', 'width="0.1" height="9"'), /has no pixels/);
  });

  it('is refused in another encoding', async () => {
    await refused(
      `<?xml version="1.0" encoding="ISO-8859-1"?>${whole}`,
      /written in ISO-8859-1: save it in UTF-8/,
    );
    await refused(Buffer.from(svgOf('<text>caf\xe9</text>'), 'latin1'), /is not in UTF-8/);
    const utf16 = Buffer.from(`\ufeff${whole}`, 'utf16le');
    await assert.rejects(draw(utf16), { code: 'asset_unsupported' });
  });

  it('is refused when it is packed, or something else', async () => {
    const packed = draw(gzipSync(whole));
    await assert.rejects(packed, {
      code: 'asset_unsupported',
      message: /is application\/gzip\. Unpack it first\./,
    });
    await refused(whole.replace('http://www.w3.org/2000/svg', 'urn:other'), /is XML, but not SVG/);
    for (const text of [
      '<svgx/>',
      '<html><svg/></html>',
      '<!-- <svg> -->',
      `${'<!-- a --> '.repeat(2_000)}<a/>`,
    ]) {
      await assert.rejects(draw(text), { code: 'asset_unsupported' }, text.slice(0, 40));
    }
  });
});
