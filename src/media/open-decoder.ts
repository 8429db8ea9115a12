import { Codec, CodecContext, type Stream } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';

/** A decoder for a stream, on one thread: what it gives does not depend on the machine. */
export async function openDecoder(stream: Stream): Promise<CodecContext> {
  const codec = required(Codec.findDecoder(stream.codecpar.codecId), 'decoder for this');
  const decoder = new CodecContext();
  decoder.allocContext3(codec);
  try {
    check(decoder.parametersToContext(stream.codecpar), 'set up the decoder');
    // Needed for cutting an encoder's padding off both ends of a sound.
    decoder.pktTimebase = stream.timeBase;
    decoder.threadCount = 1;
    check(await decoder.open2(codec), 'open the decoder');
    return decoder;
  } catch (error) {
    decoder.freeContext();
    throw error;
  }
}
