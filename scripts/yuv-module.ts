import wabt from 'wabt';

/**
 * The WebAssembly that turns RGBA into BT.709 limited-range 4:2:0, as a binary. It works on 16 x 2 pixels at a time and with
 * whole numbers only, so every machine makes the same bytes.
 *
 * Exports `memory` and `convert(pixels, width, height, luma, lumaStride, blue, red, chromaStride)`: addresses and strides
 * in bytes, sizes in pixels; width at least 16, both even.
 */
export async function yuvModule(): Promise<Uint8Array> {
  const { parseWat } = await wabt();
  const parsed = parseWat('rgba-to-yuv.wat', source(), { simd: true });
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}

/** Factors of BT.709 (https://www.itu.int/rec/R-REC-BT.709), times 219/255 or 224/255, in 1/32768. Those of grey add up. */
const factors = {
  luma: { red: 5983, green: 20127, blue: 2032 },
  blue: { red: -3298, green: -11094, blue: 14392 },
  red: { red: 14392, green: -13072, blue: -1320 },
} as const;
const factorBits = 15;

/** What is added before the fraction is cut off: the value of black, or of no colour, and a half. */
const lumaOffset = (16 << factorBits) + (1 << (factorBits - 1));
/** Of the sum of four pixels. */
const chromaOffset = (128 << (factorBits + 2)) + (1 << (factorBits + 1));

type Factors = (typeof factors)[keyof typeof factors];

function source(): string {
  const pixels = [0, 1, 2, 3];
  return `(module
  (memory (export "memory") 1)
  (func (export "convert")
    (param $pixels i32) (param $width i32) (param $height i32)
    (param $luma i32) (param $lumaStride i32) (param $blue i32) (param $red i32) (param $chromaStride i32)
    (local $x i32) (local $from i32) (local $to i32) (local $rowBytes i32)
    (local $one v128) (local $other v128) (local $left v128)
    ${pixels.map((four) => ['redBlue', 'green', 'redBlueSum', 'greenSum'].map((name) => `(local $${name}${four} v128)`).join(' ')).join('\n    ')}
    ${set('rowBytes', `(i32.shl ${get('width')} (i32.const 2))`)}
    (loop $rows
      ${set('x', '(i32.const 0)')}
      (loop $blocks
        ;; The last block ends where the row does, over the one before where they do not come out even.
        (if (i32.gt_s ${get('x')} (i32.sub ${get('width')} (i32.const 16)))
          (then ${set('x', `(i32.sub ${get('width')} (i32.const 16))`)}))
        ${set('from', add(get('pixels'), `(i32.shl ${get('x')} (i32.const 2))`))}
        ${set('to', add(get('luma'), get('x')))}
        ${lumaRow((name, four) => set(`${name}Sum${four}`, get(`${name}${four}`)))}
        ${set('from', add(get('from'), get('rowBytes')))}
        ${set('to', add(get('to'), get('lumaStride')))}
        ${lumaRow((name, four) => set(`${name}Sum${four}`, `(i16x8.add ${get(`${name}Sum${four}`)} ${get(`${name}${four}`)})`))}
        ${chromaRow('blue')}
        ${chromaRow('red')}
        ${set('x', add(get('x'), '(i32.const 16)'))}
        (br_if $blocks (i32.lt_s ${get('x')} ${get('width')})))
      ${set('pixels', add(get('pixels'), `(i32.shl ${get('rowBytes')} (i32.const 1))`))}
      ${set('luma', add(get('luma'), `(i32.shl ${get('lumaStride')} (i32.const 1))`))}
      ${set('blue', add(get('blue'), get('chromaStride')))}
      ${set('red', add(get('red'), get('chromaStride')))}
      ${set('height', `(i32.sub ${get('height')} (i32.const 2))`)}
      (br_if $rows (i32.gt_s ${get('height')} (i32.const 0))))))`;
}

/** Sixteen pixels: red and blue of four in one register, green (and transparency, times nothing) in another. */
function lumaRow(keep: (name: 'redBlue' | 'green', four: number) => string): string {
  const lines = [0, 1, 2, 3].map(
    (four) => `
        ${set('one', `(v128.load offset=${four * 16} ${get('from')})`)}
        ${set(`redBlue${four}`, `(v128.and ${get('one')} ${sixteens(255, 255)})`)}
        ${set(`green${four}`, `(i16x8.shr_u ${get('one')} (i32.const 8))`)}
        ${keep('redBlue', four)} ${keep('green', four)}`,
  );
  const light = (four: number): string => {
    const sum = weighted(factors.luma, `redBlue${four}`, `green${four}`);
    return `(i32x4.shr_s (i32x4.add ${sum} ${thirtyTwos(lumaOffset)}) (i32.const ${factorBits}))`;
  };
  const halves = `(i16x8.narrow_i32x4_s ${light(0)} ${light(1)}) (i16x8.narrow_i32x4_s ${light(2)} ${light(3)})`;
  return `${lines.join('')}
        (v128.store ${get('to')} (i8x16.narrow_i16x8_u ${halves}))`;
}

/** Eight colour samples, each of 2 x 2 pixels whose sums stand side by side. */
function chromaRow(plane: 'blue' | 'red'): string {
  const four = (index: number) => weighted(factors[plane], `redBlueSum${index}`, `greenSum${index}`);
  const pairs = (first: number): string => {
    const sums = `(i32x4.add (i8x16.shuffle ${bytesOf([0, 2, 4, 6])} ${get('one')} ${get('other')})
            (i8x16.shuffle ${bytesOf([1, 3, 5, 7])} ${get('one')} ${get('other')}))`;
    return `${set('one', four(first))} ${set('other', four(first + 1))}
        ${set('one', `(i32x4.shr_s (i32x4.add ${sums} ${thirtyTwos(chromaOffset)}) (i32.const ${factorBits + 2}))`)}`;
  };
  const to = add(get(plane), `(i32.shr_u ${get('x')} (i32.const 1))`);
  return `${pairs(0)}
        ${set('left', get('one'))}
        ${pairs(2)}
        ${set('one', `(i16x8.narrow_i32x4_s ${get('left')} ${get('one')})`)}
        (v128.store64_lane 0 ${to} (i8x16.narrow_i16x8_u ${get('one')} ${get('one')}))`;
}

function weighted({ red, green, blue }: Factors, redBlue: string, greens: string): string {
  const redAndBlue = `(i32x4.dot_i16x8_s ${get(redBlue)} ${sixteens(red, blue)})`;
  return `(i32x4.add ${redAndBlue} (i32x4.dot_i16x8_s ${get(greens)} ${sixteens(green, 0)}))`;
}

/** A register of 16-bit numbers, the two in turn. */
function sixteens(even: number, odd: number): string {
  return `(v128.const i16x8 ${Array.from({ length: 4 }, () => `${even} ${odd}`).join(' ')})`;
}

function thirtyTwos(value: number): string {
  return `(v128.const i32x4 ${value} ${value} ${value} ${value})`;
}

/** The bytes of 32-bit numbers of two registers, counted through. */
function bytesOf(lanes: readonly number[]): string {
  return lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)).join(' ');
}

function get(name: string): string {
  return `(local.get $${name})`;
}

function set(name: string, value: string): string {
  return `(local.set $${name} ${value})`;
}

function add(one: string, other: string): string {
  return `(i32.add ${one} ${other})`;
}
