import type { PcmFile } from './pcm-file.ts';
import { addTo } from './stereo.ts';

interface Loop {
  /** Stereo. */
  readonly source: PcmFile;
  /** How much of the source is sound, in samples. */
  readonly length: number;
  /** Samples in which the end goes over into the beginning. */
  readonly crossfade: number;
  /** Where in the endless sound to begin, in samples. */
  readonly startSample: number;
}

/** Fills the block from a sound that goes on for ever, each end crossfaded into the next beginning at equal power. */
export function readLooped(loop: Loop, into: Float32Array): void {
  const crossfade = Math.min(loop.crossfade, Math.floor(loop.length / 4));
  const period = loop.length - crossfade;
  const count = into.length / 2;
  for (let done = 0; done < count; ) {
    const position = loop.startSample + done;
    const pass = Math.floor(position / period);
    // Every pass but the first begins in the end of the one before.
    const offset = position - pass * period;
    const isCrossfade = pass > 0 && offset < crossfade;
    const border = isCrossfade ? crossfade : period;
    const part = into.subarray(done * 2, (done + Math.min(border - offset, count - done)) * 2);
    loop.source.read(offset, part);
    if (isCrossfade) blendTail({ ...loop, crossfade }, { part, offset, tailStart: period + offset });
    done += part.length / 2;
  }
}

interface Blend {
  readonly part: Float32Array;
  readonly offset: number;
  readonly tailStart: number;
}

function blendTail({ source, crossfade }: Loop, { part, offset, tailStart }: Blend): void {
  const tail = new Float32Array(part.length);
  source.read(tailStart, tail);
  for (let index = 0; index < part.length; index += 1) {
    const phase = ((offset + Math.floor(index / 2) + 0.5) / crossfade) * (Math.PI / 2);
    part[index] = (part[index] ?? 0) * Math.sin(phase);
    tail[index] = (tail[index] ?? 0) * Math.cos(phase);
  }
  addTo(part, tail);
}
