/** Smooth noise over the plane, 0 to 1, one hill or hollow a unit. */
export type Noise = (x: number, y: number) => number;

export function createNoise(seed: number): Noise {
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const across = fade(x - left);
    const down = fade(y - top);
    const upper = lerp(lattice(seed, left, top), lattice(seed, left + 1, top), across);
    const lower = lerp(lattice(seed, left, top + 1), lattice(seed, left + 1, top + 1), across);
    return lerp(upper, lower, down);
  };
}

/** Octaves of noise, each twice as fine and half as strong; 0 to 1. */
export function fractal(noise: Noise, octaves: number): Noise {
  return (x, y) => {
    let sum = 0;
    let weight = 0.5;
    let scale = 1;
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += weight * noise(x * scale + octave * 19.7, y * scale + octave * 7.3);
      weight /= 2;
      scale *= 2;
    }
    return sum / (1 - 0.5 ** octaves);
  };
}

/** A number between 0 and 1 for a cell of the grid. */
export function lattice(seed: number, x: number, y: number): number {
  let hash = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed, 1274126177);
  hash = Math.imul(hash ^ (hash >>> 13), 1274126177);
  hash = Math.imul(hash ^ (hash >>> 16), 2246822519);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

function fade(value: number): number {
  return value * value * value * (value * (value * 6 - 15) + 10);
}

function lerp(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
