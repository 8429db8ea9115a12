import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DeliveryPreset, deliveryPresets } from '../../src/protocol/delivery-presets.ts';
import { compositionSchema } from '../../src/protocol/index.ts';
import { type DeliveryName, deliveryNames, outputSchema } from '../../src/protocol/output.ts';

test('every place a video can go has figures that an export takes', () => {
  for (const name of deliveryNames) {
    const { width, height, fps, codec, container, quality, loudness, source } = deliveryPresets[name];
    outputSchema.parse({ width, height, fps, codec, container, quality });
    compositionSchema.parse({
      version: 1,
      title: name,
      scenes: [{ id: 'a' }],
      video: { width, height, fps },
    });
    assert.ok(loudness.lufs >= -24 && loudness.lufs <= -9, name);
    assert.ok(loudness.truePeakDbtp <= -1, name);
    assert.ok(source.length > 40, `${name} says where its figures are from`);
  }
});

/** Width, height, quality, longest in seconds, loudness and true peak: changed on purpose only, and with their source. */
const pinned: Record<DeliveryName, readonly [number, number, string, number | undefined, number, number]> = {
  youtube: [1920, 1080, 'high', 43_200, -14, -1],
  'youtube-4k': [3840, 2160, 'high', 43_200, -14, -1],
  shorts: [1080, 1920, 'high', 180, -14, -1],
  tiktok: [1080, 1920, 'high', 3_600, -14, -1],
  reels: [1080, 1920, 'high', 180, -14, -1],
  linkedin: [1920, 1080, 'high', 900, -14, -1],
  podcast: [1920, 1080, 'standard', undefined, -16, -1],
};

test('the figures of each place are those that its source gave', () => {
  const found = deliveryNames.map((name) => {
    const preset: DeliveryPreset = deliveryPresets[name];
    const { width, height, quality, maximumSeconds, loudness, fps, codec, container } = preset;
    assert.deepEqual({ fps, codec, container }, { fps: 30, codec: 'h264', container: 'mp4' }, name);
    return [name, [width, height, quality, maximumSeconds, loudness.lufs, loudness.truePeakDbtp]];
  });
  assert.deepEqual(Object.fromEntries(found), pinned);
});
