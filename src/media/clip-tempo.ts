import { openSoundFilter } from './sound-filter.ts';

/**
 * Plays stereo sound faster or slower at the same pitch, with FFmpeg's atempo filter. What is heard is
 * at its place within about 30 ms of the sound's own time.
 */
export async function* changeTempo(
  blocks: AsyncIterable<Float32Array>,
  speed: number,
): AsyncGenerator<Float32Array> {
  if (speed === 1) {
    yield* blocks;
    return;
  }
  using filter = await openSoundFilter(
    tempoSteps(speed).map((tempo) => ({ name: 'atempo', settings: `${tempo}` })),
  );
  for await (const block of blocks) yield* filter.push(block);
  yield* filter.push(null);
}

/** One filter goes down to a half, and above twice it leaves parts out; beyond, two do the work together. */
function tempoSteps(speed: number): number[] {
  return speed < 0.5 || speed > 2 ? [Math.sqrt(speed), Math.sqrt(speed)] : [speed];
}
