import { add, alongRow, divided255, get, set, sixteens } from './wat.ts';

/** A sample between two samples is kept in 1/64 until it is between two rows as well. */
const fractionBits = 6;

/**
 * `sampleRow(from, table, groups, to)`: a row of a plane, resampled. For each group of eight samples the table has 48 bytes: where
 * their first left neighbour stands after `from` (32 bits and twelve bytes of nothing), where each left neighbour stands after
 * that (8 x 16 bits, the upper byte 128), and how near the right one is (8 x 16 bits, in 1/32768). Writes 16-bit numbers.
 */
export function sampleRow(): string {
  const side = (mask: string) =>
    `(i16x8.shl (i8x16.swizzle ${get('samples')} ${mask}) (i32.const ${fractionBits}))`;
  const next = `(i8x16.add ${get('mask')} (i8x16.splat (i32.const 1)))`;
  return `(func (export "sampleRow") (param $from i32) (param $table i32) (param $groups i32) (param $to i32)
    (local $samples v128) (local $mask v128) (local $left v128)
    (loop $blocks
      ${set('samples', `(v128.load ${add(get('from'), `(i32.load ${get('table')})`)})`)}
      ${set('mask', `(v128.load offset=16 ${get('table')})`)}
      ${set('left', side(get('mask')))}
      (v128.store ${get('to')} ${between(get('left'), side(next), `(v128.load offset=32 ${get('table')})`)})
      ${set('table', add(get('table'), '(i32.const 48)'))}
      ${set('to', add(get('to'), '(i32.const 16)'))}
      ${set('groups', `(i32.sub ${get('groups')} (i32.const 1))`)}
      (br_if $blocks (i32.gt_s ${get('groups')} (i32.const 0)))))`;
}

/** `mixRows(upper, lower, weight, length, to)`: bytes between two rows of `sampleRow`; how near the lower is, in 1/32768. */
export function mixRows(): string {
  const at = (row: string, offset: number) =>
    `(v128.load offset=${offset} ${add(get(row), `(i32.shl ${get('x')} (i32.const 1))`)})`;
  const half = (offset: number): string =>
    `${set('one', at('upper', offset))} ${set(`half${offset}`, rounded(between(get('one'), at('lower', offset), get('weights'))))}`;
  return `(func (export "mixRows")
    (param $upper i32) (param $lower i32) (param $weight i32) (param $length i32) (param $to i32)
    (local $x i32) (local $one v128) (local $half0 v128) (local $half16 v128) (local $weights v128)
    ${set('weights', `(i16x8.splat ${get('weight')})`)}
    ${alongRow(
      get('length'),
      `${half(0)} ${half(16)}
        (v128.store ${add(get('to'), get('x'))} (i8x16.narrow_i16x8_u ${get('half0')} ${get('half16')}))`,
    )})`;
}

/** `blendRow(ground, over, opacity, length, to)`: what was made by `convertOver`, over a row of bytes. */
export function blendRow(): string {
  const at = (name: string) => `(v128.load ${add(get(name), get('x'))})`;
  const half = (which: 'low' | 'high') =>
    divided255('product', `(i16x8.extmul_${which}_i8x16_u ${get('below')} ${get('through')})`);
  return `(func (export "blendRow")
    (param $ground i32) (param $over i32) (param $opacity i32) (param $length i32) (param $to i32)
    (local $x i32) (local $below v128) (local $through v128) (local $product v128)
    ${alongRow(
      get('length'),
      `${set('below', at('ground'))}
        ${set('through', `(v128.not ${at('opacity')})`)}
        (v128.store ${add(get('to'), get('x'))}
          (i8x16.add_sat_u ${at('over')} (i8x16.narrow_i16x8_u ${half('low')} ${half('high')})))`,
    )})`;
}

/** `fadeRows(one, other, weight, length, to)`: bytes between two rows of bytes; how near the other is, in 1/32768. */
export function fadeRows(): string {
  const wide = (name: string, which: 'low' | 'high') =>
    `(i16x8.shl (i16x8.extend_${which}_i8x16_u ${get(name)}) (i32.const ${fractionBits}))`;
  const half = (which: 'low' | 'high') =>
    `${set('left', wide('below', which))} ${set(which, rounded(between(get('left'), wide('above', which), get('weights'))))}`;
  const at = (name: string) => `(v128.load ${add(get(name), get('x'))})`;
  return `(func (export "fadeRows")
    (param $one i32) (param $other i32) (param $weight i32) (param $length i32) (param $to i32)
    (local $x i32) (local $below v128) (local $above v128) (local $left v128) (local $low v128) (local $high v128)
    (local $weights v128)
    ${set('weights', `(i16x8.splat ${get('weight')})`)}
    ${alongRow(
      get('length'),
      `${set('below', at('one'))} ${set('above', at('other'))}
        ${half('low')} ${half('high')}
        (v128.store ${add(get('to'), get('x'))} (i8x16.narrow_i16x8_u ${get('low')} ${get('high')}))`,
    )})`;
}

function rounded(sixtyFourths: string): string {
  return `(i16x8.shr_u (i16x8.add ${sixtyFourths} ${sixteens(1 << (fractionBits - 1))}) (i32.const ${fractionBits}))`;
}

function between(one: string, other: string, weights: string): string {
  return `(i16x8.add ${one} (i16x8.q15mulr_sat_s (i16x8.sub ${other} ${one}) ${weights}))`;
}
