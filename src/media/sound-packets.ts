import { AVERROR_EOF, AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import { type CodecParameters, type FormatContext, Packet, type Stream } from 'node-av/lib';
import { sampleRate } from '../timeline/timeline.ts';
import { check, required } from './ffmpeg.ts';
import { mp4Formats, openMedia } from './open-media.ts';

export interface OpenSound extends AsyncDisposable {
  readonly parameters: CodecParameters;
  /** All packets, timestamps in samples at 48 kHz; the encoder's run-up lies before 0. Each is valid until the next. */
  packets(): AsyncGenerator<Packet>;
}

/** Opens what `mixAudio` wrote. */
export async function openSound(file: string): Promise<OpenSound> {
  const context = await openMedia(file, mp4Formats);
  try {
    const stream = required(context.streams[context.findBestStream(AVMEDIA_TYPE_AUDIO)], 'sound in the file');
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

async function* readPackets(context: FormatContext, stream: Stream): AsyncGenerator<Packet> {
  using packet = new Packet();
  packet.alloc();
  for (;;) {
    const code = await context.readFrame(packet);
    if (code === AVERROR_EOF) return;
    check(code, 'read the sound');
    packet.rescaleTs(stream.timeBase, { num: 1, den: sampleRate });
    yield packet;
  }
}
