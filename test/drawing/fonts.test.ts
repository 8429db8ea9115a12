import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { fontFaces, fontFacesFor, fontStack, type ThemeFonts, themes } from '../../src/drawing/index.ts';
import { registerFonts } from '../../src/media/register-fonts.ts';

registerFonts();
// A generic name at the end would let fonts of this machine hide what is missing.
const stack = (language: string): string => fontStack(language).replace(', sans-serif', '');

function ink(text: string, { language = 'en', weight = 700, fonts = stack(language) } = {}): string {
  const canvas = createCanvas(96, 72);
  const context = canvas.getContext('2d');
  context.font = `${weight} 40px ${fonts}`;
  context.fillText(text, 8, 52);
  return canvas.data().toString('base64');
}

const samples = {
  Latin: 'AßçłőğżþŁ',
  Vietnamese: 'ắộữđ',
  Greek: 'Ωλάἀ',
  Cyrillic: 'ЖїўҐӘ',
  Arabic: 'عپگڤ٣',
  Hebrew: 'שץא',
  Devanagari: 'कञड़ॐ',
  Thai: 'กฎ฿๙',
  Japanese: 'あア語々',
  Korean: '한국말',
  Chinese: '简体边',
  Emoji: '😀🚀🦊',
  Signs: '→★①“—…€',
};

for (const [script, letters] of Object.entries(samples)) {
  test(`${script}: no letter is a box`, () => {
    const missing = ink('\u{10fffd}');
    for (const letter of letters) {
      for (const weight of [600, 700, 800]) assert.notEqual(ink(letter, { weight }), missing, letter);
    }
  });
}

test('every sample is drawn by the fonts that come with Aura, not by those of the machine', () => {
  for (const letters of Object.values(samples)) {
    for (const letter of letters) {
      const families = fontFacesFor(letter).map(({ family }) => family);
      const own = [...new Set(families)].some((family) => {
        const drawn = ink(letter, { fonts: `"${family}"` });
        return drawn === ink(letter);
      });
      assert.ok(own, letter);
    }
  }
});

test('one character is drawn as its language writes it', () => {
  assert.notEqual(ink('直', { language: 'ja' }), ink('直', { language: 'zh' }));
  assert.equal(ink('直', { language: 'zh-Hans-CN' }), ink('直', { language: 'zh' }));
});

test('Arabic letters join, and an emoji sequence is one picture', () => {
  const context = createCanvas(1, 1).getContext('2d');
  context.font = `700 40px ${stack('ar')}`;
  const widthOf = (text: string): number => context.measureText(text).width;
  assert.notEqual(ink('ععع'), ink('ع\u200cع\u200cع'), 'drawn as if they stood alone');
  assert.ok(widthOf('👨‍👩‍👧‍👦') < 1.2 * widthOf('😀'));
  assert.ok(widthOf('👩🏽‍💻') < 1.2 * widthOf('😀'));
});

test('a video needs the fonts of its theme, and the large ones only for texts that have their letters', () => {
  const familiesFor = (text: string, fonts?: ThemeFonts): string[] => [
    ...new Set(fontFacesFor(text, fonts).map(({ family }) => family)),
  ];
  const { fonts } = themes.midnight;
  const common = [
    'Inter',
    'Noto Sans',
    'Noto Sans Arabic',
    'Noto Sans Hebrew',
    'Noto Sans Devanagari',
    'Noto Sans Thai',
  ];
  const small = [...common, 'JetBrains Mono'];
  assert.deepEqual(familiesFor('Hello, Привет, عربي 123 "#*©', fonts), small);
  assert.deepEqual(familiesFor('字', fonts), [...small, 'Noto Sans JP', 'Noto Sans KR', 'Noto Sans SC']);
  assert.deepEqual(familiesFor('한', fonts), [...small, 'Noto Sans KR']);
  assert.deepEqual(familiesFor('Ha 😀', fonts), [...small, 'Noto Color Emoji']);
  assert.ok(familiesFor('a').length > small.length, 'without a theme, those of all');
});

for (const { name, fonts, type, caption } of Object.values(themes)) {
  test(`${name}: its fonts come with Aura in the weights it uses, and draw their own letters`, () => {
    const uses = [
      [fonts.heading, type.headingWeight],
      [fonts.body, type.pointWeight],
      [fonts.body, caption.weight],
      [fonts.mono, 500],
    ] as const;
    for (const [[family = ''], weight] of uses) {
      assert.ok(
        fontFaces.some((face) => face.family === family && face.weight === weight),
        `${family} ${weight}`,
      );
      if (family === 'Inter') continue;
      const drawn = ink('Rag', { weight, fonts: fontStack('en', [family]) });
      assert.notEqual(drawn, ink('Rag', { weight }), family);
    }
  });
}
