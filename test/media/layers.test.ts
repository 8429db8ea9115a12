import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createYuvConverter, type DrawnLayers, type GroundPicture } from '../../src/media/index.ts';
import { distance, planesAlone, type TightPlanes, tightPlanes } from './support/tight-planes.ts';

const size = { width: 160, height: 90 };
const whole = { x: 0, y: 0, ...size };
const nothing = { covered: undefined, isAnew: true, parts: () => [] };

type Color = readonly [red: number, green: number, blue: number, opacity: number];

function pixelsOf(
  { width, height }: { width: number; height: number },
  color: (x: number, y: number) => Color,
): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1)
    pixels.set(color(at % width, Math.floor(at / width)), at * 4);
  return pixels;
}

function pictureOf(of: { width: number; height: number; pixels: Uint8Array }): GroundPicture {
  const [owner, version] = [{}, {}];
  const { pixels, ...sides } = of;
  return { owner, version, ...sides, planes: undefined, withPixels: (look) => look(pixels) };
}

function layerOf(picture: GroundPicture, place: DrawnLayers['area'] = whole) {
  return { picture, place, opacity: 1, over: nothing };
}

function drawn(...layers: DrawnLayers['layers']): DrawnLayers {
  return { layers, top: nothing, area: whole };
}

/** Soft colours, opaque. */
const waves = (x: number, y: number): Color => [
  128 + 90 * Math.sin(x / 7 + y / 19),
  128 + 90 * Math.sin(x / 11 - y / 5),
  128 + 90 * Math.cos(x / 13 + y / 8),
  255,
];

function converted(pixels: Uint8Array): TightPlanes {
  using converter = createYuvConverter(size);
  converter.load({ ...whole, pixels });
  return tightPlanes(converter.frame());
}

test('a picture that is shown as it is has the bytes of one that was converted', () => {
  const pixels = pixelsOf(size, waves);
  const expected = converted(pixels);
  assert.deepEqual(planesAlone(drawn(layerOf(pictureOf({ ...size, pixels }))), size), expected);
});

test('moved by pairs of pixels it shows those bytes elsewhere', () => {
  const large = { width: 200, height: 120 };
  const picture = pictureOf({ ...large, pixels: pixelsOf(large, waves) });
  const shown = planesAlone(drawn(layerOf(picture, { x: -12, y: -6, ...large })), size);
  const cut = converted(pixelsOf(size, (x, y) => waves(x + 12, y + 6)));
  assert.deepEqual(shown, cut);
});

test('scaled and moved by fractions, odd sides too, each sample is the mean of its neighbours by how near they are', () => {
  for (const sides of [
    { width: 177, height: 101 },
    { width: 96, height: 55 },
    { width: 250, height: 141 },
  ]) {
    const picture = pictureOf({ ...sides, pixels: pixelsOf(sides, waves) });
    const place = { x: -1.37, y: -2.81, width: 165.3, height: 165.3 * (sides.height / sides.width) };
    const shown = planesAlone(drawn(layerOf(picture, place)), size);
    const step = sides.width / place.width;
    const at = (x: number, y: number) => {
      const color = waves(
        Math.min(sides.width - 1, Math.max(0, (x + 0.5 - place.x) * step - 0.5)),
        Math.min(sides.height - 1, Math.max(0, (y + 0.5 - place.y) * step - 0.5)),
      );
      return color;
    };
    // The waves are so soft that between two pixels they are nearly straight.
    const expected = converted(pixelsOf(size, at));
    const luma = distance(shown.luma, expected.luma);
    assert.ok(luma.most <= 2 && luma.rms < 0.7, `${sides.width}: ${JSON.stringify(luma)}`);
    for (const plane of ['blue', 'red'] as const) {
      const { most, rms } = distance(shown[plane], expected[plane]);
      assert.ok(most <= 4 && rms < 1.3, `${plane} of ${sides.width}: ${most}, ${rms}`);
    }
  }
});

test('a hundredth of a pixel is seen: what moves slowly moves as far in every step', () => {
  const large = { width: 240, height: 135 };
  const steep = (x: number, y: number): Color => {
    const value = 128 + 110 * Math.sin(x / 2 + y / 3);
    return [value, value, value, 255];
  };
  const picture = pictureOf({ ...large, pixels: pixelsOf(large, steep) });
  const at = (step: number) =>
    planesAlone(drawn(layerOf(picture, { x: -20 - step / 100, y: -10 - step / 300, ...large })), size).luma;
  const shown = Array.from({ length: 101 }, (_, step) => at(step));
  const changes = shown.slice(1).map((luma, step) => {
    const before = shown[step] ?? luma;
    return luma.reduce((sum, value, index) => sum + Math.abs(value - (before[index] ?? 0)), 0);
  });
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const [least, most] = [Math.min(...changes) / mean, Math.max(...changes) / mean];
  assert.ok(least > 0.6 && most < 1.5, `${least} to ${most} of the mean, ${mean} levels`);
});

test('what lies over a picture is blended by how opaque it is, and only that is handed over which changes', () => {
  const ground = pixelsOf(size, waves);
  const picture = pictureOf({ ...size, pixels: ground });
  const over = (x: number, y: number): Color => [250 - x, 2 * y, x + y, (x * 7 + y * 3) % 256];
  const covered = { x: 64, y: 32, width: 64, height: 48 };
  const inside = (x: number, y: number) =>
    x >= covered.x && x < covered.x + covered.width && y >= covered.y && y < covered.y + covered.height;
  const expected = converted(
    pixelsOf(size, (x, y) => {
      const [below, above] = [waves(x, y), over(x, y)];
      const share = inside(x, y) ? above[3] / 255 : 0;
      const mix = (index: 0 | 1 | 2) => Math.round(above[index] * share + below[index] * (1 - share));
      return [mix(0), mix(1), mix(2), 255];
    }),
  );
  const partOf = (area: typeof covered, color: typeof over) => ({
    ...area,
    pixels: pixelsOf(area, (x, y) => color(x + area.x, y + area.y)),
  });
  const layer = layerOf(picture);
  using converter = createYuvConverter(size);
  converter.loadLayers({
    ...drawn({ ...layer, over: { covered, isAnew: true, parts: () => [partOf(covered, over)] } }),
  });
  const shown = tightPlanes(converter.frame());
  for (const plane of ['luma', 'blue', 'red'] as const) {
    const { most, rms } = distance(shown[plane], expected[plane]);
    assert.ok(most <= 3 && rms < 0.8, `${plane}: ${most}, ${rms}`);
  }
  // Half of it goes: no byte of it may stay.
  const gone = { ...covered, height: 16 };
  const left = { ...covered, y: 48, height: 32 };
  converter.loadLayers({
    layers: [
      { ...layer, over: { covered: left, isAnew: false, parts: () => [partOf(gone, () => [0, 0, 0, 0])] } },
    ],
    top: { ...nothing, isAnew: false },
    area: gone,
  });
  const alone = planesAlone(
    drawn({ ...layer, over: { covered: left, isAnew: true, parts: () => [partOf(left, over)] } }),
    size,
  );
  assert.deepEqual(tightPlanes(converter.frame()), alone);
});

test('two pictures that fade are the mean of both, under what lies over both', () => {
  const [one, other] = [pixelsOf(size, waves), pixelsOf(size, (x, y) => waves(y * 2, x))];
  const share = 0.3;
  const covered = { x: 0, y: 48, width: 128, height: 32 };
  const white = { ...covered, pixels: new Uint8Array(128 * 32 * 4).fill(255) };
  const { luma, blue } = planesAlone(
    {
      layers: [
        layerOf(pictureOf({ ...size, pixels: one })),
        { ...layerOf(pictureOf({ ...size, pixels: other })), opacity: share },
      ],
      top: { covered, isAnew: true, parts: () => [white] },
      area: whole,
    },
    size,
  );
  const [before, after] = [converted(one), converted(other)];
  for (const [index, value] of luma.entries()) {
    const [x, y] = [index % size.width, Math.floor(index / size.width)];
    const isCovered = y >= 48 && y < 80 && x < 128;
    const mean = (before.luma[index] ?? 0) * (1 - share) + (after.luma[index] ?? 0) * share;
    assert.ok(Math.abs(value - (isCovered ? 235 : mean)) <= 0.6, `${value} at ${x}, ${y}`);
  }
  assert.equal(blue[26 * 80 + 10], 128, 'white has no colour');
});

test('a part before there is a whole is refused', () => {
  using converter = createYuvConverter(size);
  const picture = pictureOf({ ...size, pixels: pixelsOf(size, waves) });
  const asBefore = { ...nothing, isAnew: false };
  const area = { x: 0, y: 0, width: 64, height: 16 };
  const layers = [{ ...layerOf(picture), over: asBefore }];
  assert.throws(() => converter.loadLayers({ layers, top: asBefore, area }), /whole one/);
});

test('of one owner the last picture is shown, of many the one that is asked for', () => {
  using converter = createYuvConverter(size);
  const shows = (picture: GroundPicture) => {
    converter.loadLayers(drawn(layerOf(picture)));
    return tightPlanes(converter.frame());
  };
  const pictures = [1, 2, 3, 4, 5].map((seed) => {
    const pixels = pixelsOf(size, (x, y) => waves(x * seed, y));
    return { picture: pictureOf({ ...size, pixels }), expected: converted(pixels) };
  });
  for (const index of [0, 1, 2, 0, 3, 4, 0, 1, 1, 4]) {
    const { picture, expected } = pictures[index] ?? pictures[0] ?? assert.fail();
    assert.deepEqual(shows(picture), expected, `picture ${index}`);
  }
  const owner = {};
  for (const { picture, expected } of pictures) {
    assert.deepEqual(shows({ ...picture, owner }), expected);
    assert.deepEqual(shows({ ...picture, owner }), expected, 'and again');
  }
});
