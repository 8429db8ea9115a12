import { secondsAt } from '../protocol/index.ts';
import type { Cue, Timeline } from './timeline.ts';
import { clock, escapeVtt } from './vtt-text.ts';

/** The captions as a SubRip file. */
export function toSrt(timeline: Timeline): string {
  return absoluteCues(timeline)
    .map(
      (cue, index) => `${index + 1}\n${clock(cue.startMs, ',')} --> ${clock(cue.endMs, ',')}\n${cue.text}\n`,
    )
    .join('\n');
}

/** The captions as a WebVTT file. */
export function toVtt(timeline: Timeline): string {
  const cues = absoluteCues(timeline).map(
    (cue) => `${clock(cue.startMs, '.')} --> ${clock(cue.endMs, '.')}\n${escapeVtt(cue.text)}\n`,
  );
  return ['WEBVTT\n', ...cues].join('\n');
}

interface AbsoluteCue {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

function absoluteCues(timeline: Timeline): AbsoluteCue[] {
  const placed = timeline.scenes.flatMap((scene) =>
    scene.cues.map((cue) => placeCue(cue, secondsAt(scene.startFrame, timeline.fps))),
  );
  let previousEndMs = 0;
  return placed.map((cue) => {
    const startMs = Math.max(cue.startMs, previousEndMs);
    // Players drop a cue that ends when it starts.
    const endMs = Math.max(cue.endMs, startMs + 1);
    previousEndMs = endMs;
    return { text: cue.text, startMs, endMs };
  });
}

function placeCue(cue: Cue, sceneStartSeconds: number): AbsoluteCue {
  return {
    text: cue.text,
    startMs: Math.round((sceneStartSeconds + cue.startSeconds) * 1000),
    endMs: Math.round((sceneStartSeconds + cue.endSeconds) * 1000),
  };
}
