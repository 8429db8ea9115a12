import { add, alongRow, bytesOf, divided255, get, set, sixteens, thirtyTwos } from './wat.ts';

/**
 * Factors of BT.709 (https://www.itu.int/rec/R-REC-BT.709), times 219/255 or 224/255, in 1/32768. Those of grey add up. That
 * of opacity is what black, or no colour, is where a pixel is opaque.
 */
const factors = {
  luma: { red: 5983, green: 20127, blue: 2032, opacity: 2056 },
  blue: { red: -3298, green: -11094, blue: 14392, opacity: 16448 },
  red: { red: 14392, green: -13072, blue: -1320, opacity: 16448 },
} as const;
const factorBits = 15;

/** What is added before the fraction is cut off: the value of black, or of no colour, and a half. */
const opaqueOffsets = {
  luma: (16 << factorBits) + (1 << (factorBits - 1)),
  // Of the sum of four pixels.
  chroma: (128 << (factorBits + 2)) + (1 << (factorBits + 1)),
} as const;

/** What black is comes with the opacity. */
const overOffsets = { luma: 1 << (factorBits - 1), chroma: 1 << (factorBits + 1) } as const;

type Factors = (typeof factors)[keyof typeof factors];

/**
 * `convert(pixels, width, height, luma, lumaStride, blue, red, chromaStride)`: opaque RGBA to BT.709 limited-range 4:2:0,
 * 16 x 2 pixels at a time. Addresses and strides in bytes, sizes in pixels; width at least 16, both even.
 */
export function convert(): string {
  const row = (keep: Keep): string =>
    `${splitRow(keep)} ${lumaOf(opaqueOffsets.luma, (factor) => ({ ...factor, opacity: 0 }))}`;
  const chroma = (plane: 'blue' | 'red'): string =>
    chromaRow(
      get(plane),
      { ...factors[plane], opacity: 0 },
      { offset: opaqueOffsets.chroma, bits: factorBits },
    );
  return conversion('convert', {
    row,
    chroma: `${chroma('blue')} ${chroma('red')}`,
    parameters: [],
  });
}

/**
 * `convertOver(pixels, width, height, luma, lumaStride, blue, red, chromaStride, opacity, chromaOpacity)`: RGBA that is seen
 * through, not premultiplied, to what is added to the ground below, and to how opaque that is, in planes as large as those
 * of brightness and of colour.
 */
export function convertOver(): string {
  const row = (keep: Keep): string =>
    `${splitRow((name, four) => (name === 'green' ? `${premultiplied(four)} ${keep('redBlue', four)} ${keep('green', four)}` : ''))}
        ${lumaOf(overOffsets.luma, (factor) => factor)}
        (v128.store ${add(get('opacityTo'), get('x'))} ${opacities})`;
  const chroma = (plane: 'blue' | 'red'): string =>
    chromaRow(get(plane), factors[plane], { offset: overOffsets.chroma, bits: factorBits });
  const opacity = { red: 0, green: 0, blue: 0, opacity: 1 };
  return conversion('convertOver', {
    row,
    chroma: `${chroma('blue')} ${chroma('red')} ${chromaRow(get('chromaOpacity'), opacity, { offset: 2, bits: 0 })}`,
    parameters: ['opacity', 'chromaOpacity'],
  });
}

type Keep = (name: 'redBlue' | 'green', four: number) => string;

function conversion(
  name: string,
  { row, chroma, parameters }: { row: (keep: Keep) => string; chroma: string; parameters: readonly string[] },
): string {
  const fours = [0, 1, 2, 3];
  const nextRow = parameters.length > 0 ? set('opacityTo', add(get('opacityTo'), get('lumaStride'))) : '';
  const nextRows =
    parameters.length > 0
      ? `${set('opacity', add(get('opacity'), `(i32.shl ${get('lumaStride')} (i32.const 1))`))}
      ${set('chromaOpacity', add(get('chromaOpacity'), get('chromaStride')))}`
      : '';
  return `(func (export "${name}")
    (param $pixels i32) (param $width i32) (param $height i32)
    (param $luma i32) (param $lumaStride i32) (param $blue i32) (param $red i32) (param $chromaStride i32)
    ${parameters.map((parameter) => `(param $${parameter} i32)`).join(' ')}
    (local $x i32) (local $from i32) (local $to i32) (local $opacityTo i32) (local $rowBytes i32)
    (local $one v128) (local $other v128) (local $left v128)
    ${fours.map((four) => ['redBlue', 'green', 'redBlueSum', 'greenSum'].map((local) => `(local $${local}${four} v128)`).join(' ')).join('\n    ')}
    ${set('rowBytes', `(i32.shl ${get('width')} (i32.const 2))`)}
    (loop $rows
      ${alongRow(
        get('width'),
        `${set('from', add(get('pixels'), `(i32.shl ${get('x')} (i32.const 2))`))}
        ${set('to', get('luma'))}
        ${parameters.length > 0 ? set('opacityTo', get('opacity')) : ''}
        ${row((local, four) => set(`${local}Sum${four}`, get(`${local}${four}`)))}
        ${set('from', add(get('from'), get('rowBytes')))}
        ${set('to', add(get('to'), get('lumaStride')))}
        ${nextRow}
        ${row((local, four) => set(`${local}Sum${four}`, `(i16x8.add ${get(`${local}Sum${four}`)} ${get(`${local}${four}`)})`))}
        ${chroma}`,
      )}
      ${set('pixels', add(get('pixels'), `(i32.shl ${get('rowBytes')} (i32.const 1))`))}
      ${set('luma', add(get('luma'), `(i32.shl ${get('lumaStride')} (i32.const 1))`))}
      ${set('blue', add(get('blue'), get('chromaStride')))}
      ${set('red', add(get('red'), get('chromaStride')))}
      ${nextRows}
      ${set('height', `(i32.sub ${get('height')} (i32.const 2))`)}
      (br_if $rows (i32.gt_s ${get('height')} (i32.const 0)))))`;
}

/** Sixteen pixels: red and blue of four in one register, green and opacity in another. */
function splitRow(keep: Keep): string {
  return [0, 1, 2, 3]
    .map(
      (four) => `
        ${set('one', `(v128.load offset=${four * 16} ${get('from')})`)}
        ${set(`redBlue${four}`, `(v128.and ${get('one')} ${sixteens(255)})`)}
        ${set(`green${four}`, `(i16x8.shr_u ${get('one')} (i32.const 8))`)}
        ${keep('redBlue', four)} ${keep('green', four)}`,
    )
    .join('');
}

/** Four pixels' colours times their opacity; that itself stays. */
function premultiplied(four: number): string {
  const [redBlue, green] = [get(`redBlue${four}`), get(`green${four}`)];
  const twice = `(i8x16.shuffle 2 3 2 3 6 7 6 7 10 11 10 11 14 15 14 15 ${green} ${green})`;
  return `${set('other', twice)}
        ${set(`redBlue${four}`, divided255('one', `(i16x8.mul ${redBlue} ${get('other')})`))}
        ${set('other', `(v128.bitselect ${get('other')} ${sixteens(0, 255)} ${sixteens(-1, 0)})`)}
        ${set(`green${four}`, divided255('one', `(i16x8.mul ${green} ${get('other')})`))}`;
}

/** Of sixteen pixels. */
const opacities = `(i8x16.narrow_i16x8_u
          (i16x8.narrow_i32x4_s (i32x4.shr_u ${get('green0')} (i32.const 16)) (i32x4.shr_u ${get('green1')} (i32.const 16)))
          (i16x8.narrow_i32x4_s (i32x4.shr_u ${get('green2')} (i32.const 16)) (i32x4.shr_u ${get('green3')} (i32.const 16))))`;

interface Weights {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly opacity: number;
}

/** Stores the brightness of sixteen pixels. */
function lumaOf(offset: number, weights: (factor: Factors) => Weights): string {
  const light = (four: number): string => {
    const sum = weighted(weights(factors.luma), `redBlue${four}`, `green${four}`);
    return `(i32x4.shr_s (i32x4.add ${sum} ${thirtyTwos(offset)}) (i32.const ${factorBits}))`;
  };
  const halves = `(i16x8.narrow_i32x4_s ${light(0)} ${light(1)}) (i16x8.narrow_i32x4_s ${light(2)} ${light(3)})`;
  return `(v128.store ${add(get('to'), get('x'))} (i8x16.narrow_i16x8_u ${halves}))`;
}

/** Stores eight samples, each the mean of 2 x 2 pixels whose sums stand side by side. @param unit.bits of the weights. */
function chromaRow(
  plane: string,
  weights: Weights,
  { offset, bits }: { readonly offset: number; readonly bits: number },
): string {
  const four = (index: number) => weighted(weights, `redBlueSum${index}`, `greenSum${index}`);
  const pairs = (first: number): string => {
    const sums = `(i32x4.add (i8x16.shuffle ${bytesOf([0, 2, 4, 6])} ${get('one')} ${get('other')})
            (i8x16.shuffle ${bytesOf([1, 3, 5, 7])} ${get('one')} ${get('other')}))`;
    return `${set('one', four(first))} ${set('other', four(first + 1))}
        ${set('one', `(i32x4.shr_s (i32x4.add ${sums} ${thirtyTwos(offset)}) (i32.const ${bits + 2}))`)}`;
  };
  const to = add(plane, `(i32.shr_u ${get('x')} (i32.const 1))`);
  return `${pairs(0)}
        ${set('left', get('one'))}
        ${pairs(2)}
        ${set('one', `(i16x8.narrow_i32x4_s ${get('left')} ${get('one')})`)}
        (v128.store64_lane 0 ${to} (i8x16.narrow_i16x8_u ${get('one')} ${get('one')}))`;
}

function weighted({ red, green, blue, opacity }: Weights, redBlue: string, greens: string): string {
  const redAndBlue = `(i32x4.dot_i16x8_s ${get(redBlue)} ${sixteens(red, blue)})`;
  return `(i32x4.add ${redAndBlue} (i32x4.dot_i16x8_s ${get(greens)} ${sixteens(green, opacity)}))`;
}
