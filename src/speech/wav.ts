/** Mono sound. */
export interface MonoSound {
  /** Hz. */
  readonly sampleRate: number;
  /** -1 to 1. */
  readonly samples: Float32Array;
}

const headerBytes = 44;
const fullScale = 32_768;

/** A WAV file of 16-bit PCM: lossless for engines that work in 16 bits, as eSpeak NG does. */
export function encodeWav({ sampleRate, samples }: MonoSound): Uint8Array {
  const bytes = new Uint8Array(headerBytes + samples.length * 2);
  const view = new DataView(bytes.buffer);
  writeHeader(view, sampleRate, samples.length * 2);
  for (const [index, sample] of samples.entries()) {
    const value = Math.max(-fullScale, Math.min(fullScale - 1, Math.round(sample * fullScale)));
    view.setInt16(headerBytes + index * 2, value, true);
  }
  return bytes;
}

/**
 * Reads back what `encodeWav` wrote.
 *
 * @throws {RangeError} for any other kind of file, and for one that lost its end.
 */
export function decodeWav(bytes: Uint8Array): MonoSound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOurs =
    bytes.length >= headerBytes &&
    readName(view, 0) === 'RIFF' &&
    readName(view, 8) === 'WAVE' &&
    readName(view, 36) === 'data' &&
    view.getUint16(20, true) === pcm &&
    view.getUint16(22, true) === 1 &&
    view.getUint16(34, true) === 16;
  if (!isOurs) throw new RangeError('not a WAV file of 16-bit mono sound');
  const dataBytes = view.getUint32(40, true);
  if (dataBytes !== bytes.length - headerBytes) throw new RangeError('the WAV file is not complete');
  const samples = Float32Array.from(
    { length: dataBytes / 2 },
    (_, index) => view.getInt16(headerBytes + index * 2, true) / fullScale,
  );
  return { sampleRate: view.getUint32(24, true), samples };
}

const pcm = 1;

function writeHeader(view: DataView, sampleRate: number, dataBytes: number): void {
  writeName(view, 0, 'RIFF');
  view.setUint32(4, headerBytes - 8 + dataBytes, true);
  writeName(view, 8, 'WAVE');
  writeName(view, 12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, pcm, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  writeName(view, 36, 'data');
  view.setUint32(40, dataBytes, true);
}

function writeName(view: DataView, offset: number, name: string): void {
  for (const [index, letter] of [...name].entries()) view.setUint8(offset + index, letter.charCodeAt(0));
}

function readName(view: DataView, offset: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(offset + index)));
}
