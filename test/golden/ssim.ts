export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits. */
  readonly data: Uint8ClampedArray | Uint8Array;
}

const side = 8;
/** (0.01 x 255)² and (0.03 x 255)², as in the paper. */
const c1 = 6.5025;
const c2 = 58.5225;

/**
 * Structural similarity of two pictures' brightness: the mean over windows of 8 x 8, and the least of them. 1 is equal.
 * Source: Wang, Bovik, Sheikh, Simoncelli, "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004.
 */
export function ssim(one: Pixels, other: Pixels): { readonly mean: number; readonly least: number } {
  if (one.width !== other.width || one.height !== other.height) return { mean: 0, least: 0 };
  const [a, b] = [brightness(one), brightness(other)];
  let sum = 0;
  let count = 0;
  let least = 1;
  for (let y = 0; y + side <= one.height; y += side / 2) {
    for (let x = 0; x + side <= one.width; x += side / 2) {
      const value = windowSsim(a, b, y * one.width + x, one.width);
      sum += value;
      count += 1;
      least = Math.min(least, value);
    }
  }
  return { mean: sum / count, least };
}

function brightness({ data }: Pixels): Float32Array {
  return Float32Array.from({ length: data.length / 4 }, (_, index) => {
    const at = index * 4;
    return 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
  });
}

function windowSsim(a: Float32Array, b: Float32Array, start: number, stride: number): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const at = start + row * stride + column;
      const [p, q] = [a[at] ?? 0, b[at] ?? 0];
      sumA += p;
      sumB += q;
      sumAA += p * p;
      sumBB += q * q;
      sumAB += p * q;
    }
  }
  const n = side * side;
  const [meanA, meanB] = [sumA / n, sumB / n];
  const varianceA = sumAA / n - meanA * meanA;
  const varianceB = sumBB / n - meanB * meanB;
  const covariance = sumAB / n - meanA * meanB;
  return (
    ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
    ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2))
  );
}
