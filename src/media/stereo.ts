/** The same in both channels, interleaved, at full level: a voice in the middle is not made quieter. */
export function monoToStereo(mono: Float32Array): Float32Array {
  const stereo = new Float32Array(mono.length * 2);
  for (const [index, sample] of mono.entries()) {
    stereo[index * 2] = sample;
    stereo[index * 2 + 1] = sample;
  }
  return stereo;
}

/** Adds one block to another of the same length, in place. */
export function addTo(target: Float32Array, added: Float32Array): void {
  for (let index = 0; index < target.length; index += 1)
    target[index] = (target[index] ?? 0) + (added[index] ?? 0);
}
