import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blend, contrastRatio, parseColor } from '../../src/drawing/color.ts';
import { themes } from '../../src/drawing/index.ts';
import { textLook } from '../../src/drawing/text-look.ts';
import type { Background } from '../../src/protocol/index.ts';

const steps = [0, 51, 102, 119, 128, 153, 204, 255];
const hex = (parts: readonly number[]): string =>
  `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
const colors = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => hex([red, green, blue]))));

function lowestContrast(text: string, background: Background): number {
  const stops = (background.kind === 'color' ? [background.color] : background.colors).map(parseColor);
  const seen = stops.flatMap((stop, index) =>
    Array.from({ length: 50 }, (_, step) => blend(stops[index + 1] ?? stop, stop, step / 50)),
  );
  return Math.min(...seen.map((under) => contrastRatio(parseColor(text), under)));
}

for (const theme of Object.values(themes)) {
  test(`${theme.name}: words can be read on a background of any colour`, () => {
    for (const color of colors) {
      const background = { kind: 'color', color } as const;
      const look = textLook({ background }, theme);
      assert.ok(!look.shaded, color);
      for (const text of [look.colors.heading, look.colors.point])
        assert.ok(lowestContrast(text, background) >= 4.5, `${text} on ${color}`);
      assert.ok(lowestContrast(look.colors.accent, background) >= 2, `accent on ${color}`);
    }
  });

  test(`${theme.name}: words can be read on any gradient, or are shaded`, () => {
    let shaded = 0;
    for (let index = 0; index < colors.length; index++) {
      const stops = [1, 7, 31].map((factor) => colors[(index * factor) % colors.length] ?? '#000000');
      const background = { kind: 'gradient', colors: stops, angleDegrees: 90 } as const;
      const look = textLook({ background }, theme);
      if (look.shaded) shaded++;
      else
        assert.ok(lowestContrast(look.colors.point, background) >= 4.45, `${look.colors.point} on ${stops}`);
    }
    assert.ok(shaded > 0 && shaded < colors.length);
  });

  test(`${theme.name}: its own colours on backgrounds like its own, the opposite ones on the opposite`, () => {
    const [ground = ''] = theme.background.colors;
    const own = textLook({ background: { kind: 'color', color: ground } }, theme);
    assert.deepEqual(own.colors, theme.onBackground);
    const opposite = textLook({ background: { kind: 'color', color: theme.onBackground.heading } }, theme);
    assert.deepEqual(opposite.colors, theme.onOpposite);
  });
}

test('black to white is shaded, and written in the colours for pictures', () => {
  const background: Background = { kind: 'gradient', colors: ['#000000', '#ffffff'], angleDegrees: 0 };
  assert.deepEqual(textLook({ background }, themes.daylight), {
    colors: themes.daylight.onPicture,
    shaded: true,
  });
});
