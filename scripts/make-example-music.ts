import path from 'node:path';
import { writeAacFile } from '../src/media/aac-file.ts';
import { seededRandom } from './example-pictures/canvas.ts';

/**
 * Plays the music bed of examples/announcement: four slow chords and a few bells, 32 seconds that end where they
 * begin. `node scripts/make-example-music.ts`
 */

const sampleRate = 48_000;
const loopSamples = 32 * sampleRate;
const chordSeconds = 8;

/** As MIDI note numbers: D add 9, B minor 7, G major 7, A sus 4. */
const chords = [
  [38, 50, 57, 62, 64, 69],
  [35, 47, 54, 62, 66, 69],
  [31, 43, 55, 59, 66, 71],
  [33, 45, 57, 62, 64, 69],
] as const;

const bellNotes = [74, 76, 78, 81, 83, 86] as const;

interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

interface Tone {
  readonly startSeconds: number;
  readonly lengthSeconds: number;
  readonly note: number;
  readonly level: number;
  /** 0 is left, 1 is right. */
  readonly place: number;
}

const file = path.join(import.meta.dirname, '..', 'examples', 'announcement', 'music.m4a');
await writeAacFile(file, blocksOf(compose()));
console.log(`written: ${path.basename(file)}`);

function compose(): Stereo {
  const sound = { left: new Float32Array(loopSamples), right: new Float32Array(loopSamples) };
  const random = seededRandom(7);
  for (const [index, chord] of chords.entries()) {
    for (const [voice, note] of chord.entries()) {
      const place = 0.5 + (voice % 2 === 0 ? -1 : 1) * 0.07 * voice;
      const level = voice < 2 ? 0.1 : 0.055;
      addPad(sound, {
        startSeconds: index * chordSeconds,
        lengthSeconds: chordSeconds + 4,
        note,
        level,
        place,
      });
    }
  }
  for (let startSeconds = 1; startSeconds < 32; startSeconds += 1 + Math.floor(random() * 3)) {
    const note = bellNotes[Math.floor(random() * bellNotes.length)] ?? 74;
    addBell(sound, {
      startSeconds,
      lengthSeconds: 4,
      note,
      level: 0.03 + 0.03 * random(),
      place: 0.2 + 0.6 * random(),
    });
  }
  return sound;
}

/** A soft string of a few harmonics, two of them a hair apart so that it breathes. */
function addPad(sound: Stereo, tone: Tone): void {
  const hertz = frequency(tone.note);
  const release = 4;
  addTone(sound, tone, (seconds) => {
    const swell = Math.sin((Math.PI / 2) * Math.min(1, seconds / 3)) ** 2;
    const fall = Math.min(1, (tone.lengthSeconds - seconds) / release);
    const breath = 0.85 + 0.15 * Math.sin(2 * Math.PI * 0.13 * seconds + tone.note);
    let wave = 0;
    for (const [harmonic, share] of [1, 0.34, 0.16, 0.06].entries()) {
      const angle = 2 * Math.PI * hertz * (harmonic + 1) * seconds;
      wave += share * (Math.sin(angle) + Math.sin(angle * 1.0021 + harmonic)) * 0.5;
    }
    return wave * swell * fall * fall * (3 - 2 * fall) * breath;
  });
}

function addBell(sound: Stereo, tone: Tone): void {
  const hertz = frequency(tone.note);
  for (const [echo, level] of [1, 0.42, 0.18].entries()) {
    const place = echo % 2 === 0 ? tone.place : 1 - tone.place;
    const struck = {
      ...tone,
      startSeconds: tone.startSeconds + echo * 0.75,
      level: tone.level * level,
      place,
    };
    addTone(sound, struck, (seconds) => {
      const strike = Math.min(1, seconds / 0.006);
      const body = Math.sin(2 * Math.PI * hertz * seconds) * Math.exp(-seconds * 1.6);
      const shimmer = 0.25 * Math.sin(2 * Math.PI * hertz * 2.76 * seconds) * Math.exp(-seconds * 5);
      return (body + shimmer) * strike * Math.min(1, (tone.lengthSeconds - seconds) / 0.5);
    });
  }
}

/** What rings past the end goes on at the beginning: the loop has no seam. */
function addTone({ left, right }: Stereo, tone: Tone, wave: (seconds: number) => number): void {
  const start = Math.round(tone.startSeconds * sampleRate);
  const leftLevel = tone.level * Math.cos((tone.place * Math.PI) / 2);
  const rightLevel = tone.level * Math.sin((tone.place * Math.PI) / 2);
  for (let index = 0; index < tone.lengthSeconds * sampleRate; index += 1) {
    const value = wave(index / sampleRate);
    const at = (start + index) % loopSamples;
    left[at] = (left[at] ?? 0) + value * leftLevel;
    right[at] = (right[at] ?? 0) + value * rightLevel;
  }
}

function frequency(note: number): number {
  return 440 * 2 ** ((note - 69) / 12);
}

async function* blocksOf({ left, right }: Stereo): AsyncGenerator<Float32Array> {
  for (let start = 0; start < loopSamples; start += sampleRate) {
    const block = new Float32Array(sampleRate * 2);
    for (let index = 0; index < sampleRate; index += 1) {
      block[index * 2] = left[start + index] ?? 0;
      block[index * 2 + 1] = right[start + index] ?? 0;
    }
    yield block;
  }
}
