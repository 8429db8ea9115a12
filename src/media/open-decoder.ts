import {
  AV_CODEC_ID_VP8,
  AV_CODEC_ID_VP9,
  FF_DECODER_LIBVPX_VP8,
  FF_DECODER_LIBVPX_VP9,
} from 'node-av/constants';
import { Codec, CodecContext, type Stream } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';

/** A decoder for a stream, on one thread: what it gives does not depend on the machine. */
export async function openDecoder(stream: Stream): Promise<CodecContext> {
  const codec = required(findDecoder(stream), 'decoder for this');
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

/** FFmpeg's own VP8 and VP9 decoders are faster; only libvpx knows their transparency, which WebM announces. */
function findDecoder(stream: Stream): Codec | null {
  const { codecId } = stream.codecpar;
  const hasAlpha = stream.metadata?.get('alpha_mode') === '1';
  if (hasAlpha && codecId === AV_CODEC_ID_VP9) return Codec.findDecoderByName(FF_DECODER_LIBVPX_VP9);
  if (hasAlpha && codecId === AV_CODEC_ID_VP8) return Codec.findDecoderByName(FF_DECODER_LIBVPX_VP8);
  return Codec.findDecoder(codecId);
}
