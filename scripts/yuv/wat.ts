/** WebAssembly text, put together from pieces. */

export function get(name: string): string {
  return `(local.get $${name})`;
}

export function set(name: string, value: string): string {
  return `(local.set $${name} ${value})`;
}

export function add(one: string, other: string): string {
  return `(i32.add ${one} ${other})`;
}

/** A register of 16-bit numbers, the two in turn. */
export function sixteens(even: number, odd = even): string {
  return `(v128.const i16x8 ${Array.from({ length: 4 }, () => `${even} ${odd}`).join(' ')})`;
}

export function thirtyTwos(value: number): string {
  return `(v128.const i32x4 ${value} ${value} ${value} ${value})`;
}

/** The bytes of 32-bit numbers of two registers, counted through. */
export function bytesOf(lanes: readonly number[]): string {
  return lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)).join(' ');
}

/** 16-bit numbers up to 255 x 255, divided by 255 and rounded. `name` is a local for what is between. */
export function divided255(name: string, product: string): string {
  return `(i16x8.shr_u
          (i16x8.add (local.tee $${name} (i16x8.add ${product} ${sixteens(128)})) (i16x8.shr_u ${get(name)} (i32.const 8)))
          (i32.const 8))`;
}

/**
 * Goes along a row in blocks of sixteen, which `x` counts. The last block ends where the row does, over the one before where
 * they do not come out even: what is done must come out the same twice.
 */
export function alongRow(length: string, body: string): string {
  const last = `(i32.sub ${length} (i32.const 16))`;
  return `${set('x', '(i32.const 0)')}
      (loop $blocks
        (if (i32.gt_s ${get('x')} ${last}) (then ${set('x', last)}))
        ${body}
        ${set('x', add(get('x'), '(i32.const 16)'))}
        (br_if $blocks (i32.lt_s ${get('x')} ${length})))`;
}
