import { AVDISCARD_ALL, AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import { type CodecParameters, type FormatContext, Packet, type Stream } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { required } from './ffmpeg.ts';
import { openMedia } from './open-media.ts';
import { readPacket } from './read-packet.ts';

export interface OpenSound extends AsyncDisposable {
  readonly parameters: CodecParameters;
  /** All packets, timestamps in samples at 48 kHz; the encoder's run-up lies before 0. Each is valid until the next. */
  packets(): AsyncGenerator<Packet>;
}

/**
 * Opens the whole sound: AAC in an M4A, or Opus in an Ogg file.
 *
 * @param formats FFmpeg's names of the formats it may be in. What else is in the file is passed over.
 */
export async function openSound(file: string, formats: readonly string[] = soundFormats): Promise<OpenSound> {
  const context = await openMedia(file, formats);
  try {
    const stream = required(context.streams[context.findBestStream(AVMEDIA_TYPE_AUDIO)], 'sound in the file');
    for (const other of context.streams) if (other.index !== stream.index) other.discard = AVDISCARD_ALL;
    return {
      parameters: stream.codecpar,
      packets: () => readPackets(context, stream),
      [Symbol.asyncDispose]: () => context.closeInput(),
    };
  } catch (error) {
    await context.closeInput();
    throw error;
  }
}

const soundFormats = ['mov', 'ogg'] as const;

async function* readPackets(context: FormatContext, stream: Stream): AsyncGenerator<Packet> {
  using packet = new Packet();
  packet.alloc();
  while (await readPacket(context, packet, 'read the sound')) {
    if (packet.streamIndex !== stream.index) continue;
    packet.rescaleTs(stream.timeBase, { num: 1, den: sampleRate });
    yield packet;
  }
}
