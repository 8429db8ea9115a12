import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeVideoChunk } from '../../src/media/encode-video-chunk.ts';
import { findHardwareEncoder, whyNot } from '../../src/media/find-hardware-encoder.ts';
import { type HardwareEncoder, hardwareEncoders } from '../../src/media/hardware-encoders.ts';
import { AuraError, errorTable } from '../../src/protocol/index.ts';

const picture = { codec: 'h264', width: 320, height: 180, fps: 29.97 } as const;

test('an encoder is only named when it works here; every other has its reason', async () => {
  const { encoder, refused } = await findHardwareEncoder(picture);
  const names: readonly HardwareEncoder[] = hardwareEncoders.h264;
  const tried = encoder === undefined ? names : names.slice(0, names.indexOf(encoder));
  assert.deepEqual(
    refused.map((one) => one.encoder),
    tried,
  );
  for (const { encoder: name, reason } of refused) assert.match(reason, /\w{3}/, name);
});

test('what works is seen to work, so that a refusal means something', async () => {
  assert.equal(await whyNot(picture), undefined);
});

test('what fails says why, and what hangs is ended', async () => {
  assert.match((await whyNot({ ...picture, fps: 29.5 })) ?? '', /29\.5 frames per second/);
  assert.match((await whyNot(picture, 20)) ?? '', /did not end within 0\.02 seconds/);
  const reason = new Error('enough');
  const trial = whyNot({ ...picture, signal: AbortSignal.abort(reason) });
  await assert.rejects(trial, (error) => error === reason);
});

test('an encoder that was planned and does not open is named, and trying again can help', async (t) => {
  const { refused } = await findHardwareEncoder(picture);
  const hardwareEncoder = refused[0]?.encoder;
  if (hardwareEncoder === undefined) return t.skip('the first one works here');
  const { codec: _, ...size } = picture;
  const drawFrame = () => new Uint8Array(size.width * size.height * 4);
  const chunk = encodeVideoChunk({ ...size, frameCount: 1, drawFrame, hardwareEncoder, file: '/dev/null' });
  await assert.rejects(chunk, (error) => {
    assert.ok(error instanceof AuraError);
    assert.equal(error.code, 'encoder_lost');
    assert.match(error.message, new RegExp(`^The video was planned with ${hardwareEncoder}, which does not`));
    return errorTable[error.code].retryable;
  });
});
