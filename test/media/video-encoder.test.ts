import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { AV_LOG_FATAL } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { openChunk } from '../../src/media/chunk-packets.ts';
import { encodeVideoChunk } from '../../src/media/encode-video-chunk.ts';
import { encoderOptions } from '../../src/media/encoder-options.ts';
import { openVideoEncoder } from '../../src/media/video-encoder.ts';
import { frameRates } from '../../src/protocol/frame-rates.ts';
import { codecs, encodingSpeeds, qualities } from '../../src/protocol/output.ts';
import { workFolder } from './support/work-folder.ts';

Log.setLevel(AV_LOG_FATAL);
const inFolder = await workFolder();
const run = promisify(execFile);
const small = { width: 64, height: 64, fps: 23.976 } as const;
const grey = new Uint8Array(64 * 64 * 4).fill(90);
const script = join(import.meta.dirname, 'support/encode-in-process.ts');

for (const codec of codecs) {
  test(`${codec}: processes that encode at the same time get the same bytes, and say nothing`, async () => {
    const processes = [0, 1, 2].map((index) =>
      run(process.execPath, [script, codec, inFolder(`${codec}-${index}.mp4`)]),
    );
    const results = await Promise.all(processes);
    assert.equal(new Set(results.map(({ stdout }) => stdout)).size, 1);
    assert.deepEqual(
      results.map(({ stderr }) => stderr),
      ['', '', ''],
    );
  });

  test(`${codec}: chunks of a few frames, again and again`, async () => {
    const file = inFolder(`${codec}-short.mp4`);
    // x265 alone gave one frame in three a decoding time from uninitialised memory.
    for (let run = 0; run < 10; run += 1) {
      for (const frameCount of [1, 2, 3]) {
        await encodeVideoChunk({ ...small, codec, frameCount, file, drawFrame: () => grey });
        await using chunk = await openChunk({ file, frameCount }, small.fps);
        let count = 0;
        for await (const packet of chunk.packets()) count += packet.size > 0 ? 1 : 0;
        assert.equal(count, frameCount);
      }
    }
  });

  test(`${codec} opens at every quality, speed and rate, also for the smallest picture`, async () => {
    const settings = { codec, threads: 1, width: 64, height: 64, fps: 30 } as const;
    const seen = new Set<string>();
    for (const quality of qualities) {
      for (const speed of encodingSpeeds) {
        using encoder = await openVideoEncoder({ ...settings, quality, speed });
        assert.ok(encoder.context.isOpen);
        seen.add(JSON.stringify(encoderOptions({ ...settings, quality, speed })));
      }
    }
    assert.equal(seen.size, qualities.length * encodingSpeeds.length, 'each choice makes a difference');
    for (const fps of frameRates) {
      using encoder = await openVideoEncoder({ ...settings, fps });
      const { num, den } = encoder.context.timeBase;
      assert.ok(Math.abs(den / num - fps) < 0.000_1, `${fps}`);
    }
  });
}
