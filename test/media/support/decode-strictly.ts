import { Codec, CodecContext, type CodecParameters, Dictionary, Frame, Packet } from 'node-av/lib';
import { check, required } from '../../../src/media/ffmpeg.ts';
import { receiveInto } from '../../../src/media/receive.ts';

/** What an encoder made of some frames, in decoding order. */
export interface EncodedPacket {
  readonly data: Buffer;
  readonly pts: number;
  readonly dts: number;
  readonly isKeyframe: boolean;
}

export interface YuvPicture {
  readonly pts: number;
  /** All planes. */
  readonly planes: Buffer;
}

/** Decodes a stream, in the order it is shown. @throws when the decoder finds the least thing wrong with it. */
export async function decodeStrictly(
  parameters: CodecParameters,
  packets: readonly EncodedPacket[],
): Promise<YuvPicture[]> {
  using decoder = new CodecContext();
  const codec = required(Codec.findDecoder(parameters.codecId), 'decoder');
  decoder.allocContext3(codec);
  check(decoder.parametersToContext(parameters), 'set up the decoder');
  decoder.threadCount = 1;
  using options = Dictionary.fromObject({
    err_detect: 'crccheck+bitstream+buffer+explode+careful+aggressive',
  });
  check(await decoder.open2(codec, options), 'open the decoder');
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  const pictures: YuvPicture[] = [];
  for (const encoded of [...packets, undefined]) {
    if (encoded !== undefined) {
      packet.data = encoded.data;
      packet.pts = BigInt(encoded.pts);
      packet.dts = BigInt(encoded.dts);
    }
    check(await decoder.sendPacket(encoded === undefined ? null : packet), 'decode');
    while (await receiveInto(frame, (target) => decoder.receiveFrame(target))) {
      if (frame.decodeErrorFlags !== 0) throw new Error(`frame ${frame.pts} is broken`);
      pictures.push({ pts: Number(frame.pts), planes: frame.toBuffer() });
    }
  }
  return pictures;
}
