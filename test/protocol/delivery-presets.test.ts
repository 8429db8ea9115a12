import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliveryPresets } from '../../src/protocol/delivery-presets.ts';
import { compositionSchema } from '../../src/protocol/index.ts';
import { deliveryNames, outputSchema } from '../../src/protocol/output.ts';

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
