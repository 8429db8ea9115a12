import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastRatio, parseColor } from '../../src/drawing/color.ts';
import { brandFamilies, themes } from '../../src/drawing/index.ts';
import { lowestContrast, rampColors } from '../../src/drawing/readable.ts';
import { textLook } from '../../src/drawing/text-look.ts';
import { themeOf } from '../../src/drawing/theme-of.ts';
import { type Brand, themeNames } from '../../src/protocol/index.ts';
import { codeTokenKinds } from '../../src/timeline/index.ts';

const colors = ['#000000', '#ffffff', '#e4002b', '#0055ff', '#ffd400', '#808080', '#0b5d3b', '#f4e9d8'];

for (const name of themeNames) {
  test(`${name}: a brand's background, text and accent of any colour leave everything readable`, () => {
    for (const background of colors) {
      for (const accent of colors) {
        for (const text of colors) expectReadable({ background: [background], accent, text });
      }
    }
  });

  test(`${name}: without a brand it is the theme, and a brand without colours and fonts changes nothing`, () => {
    assert.equal(themeOf({ theme: name }), themes[name]);
    assert.deepEqual(themeOf({ theme: name, brand: { logo: logoOf('a') } }), themes[name]);
  });

  test(`${name}: an accent alone keeps the background, the words and their contrast`, () => {
    for (const accent of colors) {
      const theme = themeOf({ theme: name, brand: { colors: { accent } } });
      assert.deepEqual(theme.background, themes[name].background);
      assert.equal(theme.onBackground.heading, themes[name].onBackground.heading);
      assert.ok(lowestContrast(theme.onBackground.accent, rampColors(theme.background.colors)) >= 3);
    }
  });

  function expectReadable(brand: { background: string[]; accent: string; text: string }): void {
    const theme = themeOf({ theme: name, brand: { colors: brand } });
    const what = JSON.stringify(brand);
    const ground = rampColors(theme.background.colors);
    const { heading, point, muted, accent } = theme.onBackground;
    for (const color of [heading, point, muted]) assert.ok(lowestContrast(color, ground) >= 4.5, what);
    for (const color of [accent, ...theme.palette]) assert.ok(lowestContrast(color, ground) >= 3, what);
    const panel = [parseColor(theme.panel.color)];
    for (const color of [theme.panel.text, theme.panel.muted, theme.panel.accent])
      assert.ok(lowestContrast(color, panel) >= 4.5, `${color} on the panel ${what}`);
    for (const kind of codeTokenKinds) assert.ok(lowestContrast(theme.code[kind], panel) >= 4.5, what);
    const { spokenText, spokenBox, box } = theme.caption;
    assert.ok(contrastRatio(parseColor(spokenText), parseColor(spokenBox)) >= 4.5, what);
    assert.ok(contrastRatio(parseColor(spokenBox), parseColor(box)) >= 2, what);
    assert.ok(lowestContrast(theme.onPicture.accent, [parseColor(theme.onPicture.shade)]) >= 4.5, what);
  }
}

test('a brand’s colours are used as they are where they can be read', () => {
  const brand = { colors: { background: ['#0b5d3b'], text: '#fff6e0', accent: '#ffd400' } };
  const theme = themeOf({ theme: 'midnight', brand });
  assert.deepEqual(theme.background.colors, ['#0b5d3b', '#0b5d3b']);
  assert.equal(theme.onBackground.heading, '#fff6e0');
  assert.equal(theme.onBackground.accent, '#ffd400');
  assert.equal(theme.caption.spokenBox, '#ffd400');
  assert.equal(theme.palette[0], '#ffd400');
});

test('words on a brand’s ramp from black to white are shaded', () => {
  const brand = { colors: { background: ['#000000', '#ffffff'] } };
  const theme = themeOf({ theme: 'daylight', brand });
  assert.deepEqual(textLook({}, theme), { colors: theme.onPicture, shaded: true });
});

test('a brand’s fonts come first, each where it is given', () => {
  const fontsOf = (fonts: NonNullable<Brand['fonts']>) => themeOf({ theme: 'paper', brand: { fonts } });
  const heading = fontsOf({ heading: 'a.ttf' });
  assert.deepEqual(heading.fonts.heading, [brandFamilies.heading, ...themes.paper.fonts.heading]);
  assert.deepEqual(heading.fonts.body, themes.paper.fonts.body);
  assert.equal(heading.quote.italic, false);
  const body = fontsOf({ body: 'b.ttf' });
  assert.deepEqual(body.fonts.body, [brandFamilies.body, ...themes.paper.fonts.body]);
  assert.equal(body.quote.italic, themes.paper.quote.italic);
});

function logoOf(source: string): NonNullable<Brand['logo']> {
  return { source, position: 'top-right', height: 0.07, opacity: 1 };
}
