import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { mixAudio } from '../../src/media/index.ts';
import { sniffAsset } from '../../src/pictures/index.ts';
import { encodeWav } from '../../src/speech/index.ts';
import { writeEncoded } from '../media/support/write-encoded.ts';
import { drawHalves } from './picture-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'aura-sniff-'));
after(() => rm(folder, { recursive: true }));

async function sniff(name: string, bytes: Uint8Array | string) {
  const file = join(folder, name);
  await writeFile(file, bytes);
  return await sniffAsset(file);
}

describe('sniffing', () => {
  it('knows pictures and sounds by their content', async () => {
    const png = drawHalves().toBuffer('image/png');
    assert.deepEqual(await sniff('song.mp3', png), { kind: 'picture', contentType: 'image/png' });
    const wav = encodeWav({ sampleRate: 48_000, samples: new Float32Array(480) });
    assert.deepEqual(await sniff('photo.jpg', wav), { kind: 'audio', contentType: 'audio/wav' });
  });

  it('knows each kind of sound as programs write it', async () => {
    const samples = Float32Array.from({ length: 22_050 }, (_, index) => 0.3 * Math.sin(index / 20));
    const types = { mp3: 'audio/mpeg', flac: 'audio/flac', ogg: 'audio/ogg' } as const;
    for (const format of ['mp3', 'flac', 'ogg'] as const) {
      const file = join(folder, `${format}.txt`);
      // The extension decides how it is written.
      await writeEncoded(join(folder, `sound.${format}`), { format, samples, sampleRate: 22_050 });
      await rename(join(folder, `sound.${format}`), file);
      assert.deepEqual(await sniffAsset(file), { kind: 'audio', contentType: types[format] });
    }
    const narration = join(folder, 'narration.wav');
    await writeFile(narration, encodeWav({ sampleRate: 22_050, samples }));
    const m4a = join(folder, 'sound.m4a');
    await mixAudio({ totalSamples: 48_000, narration: [{ file: narration, startSample: 0 }], file: m4a });
    // What an MP4 holds is found when it is opened.
    assert.deepEqual(await sniffAsset(m4a), { kind: 'video', contentType: 'video/mp4' });
    const marked = await readFile(m4a);
    marked.write('M4A ', 8, 'latin1');
    assert.deepEqual(await sniff('sound', marked), { kind: 'audio', contentType: 'audio/mp4' });
  });

  const known: Readonly<Record<string, readonly [string | Buffer, string, string]>> = {
    MOV: [Buffer.from('\0\0\0\x14ftypqt  \0\0\x02\0qt  ', 'latin1'), 'video', 'video/quicktime'],
    M4V: [Buffer.from('\0\0\0\x14ftypM4V \0\0\x02\0M4V ', 'latin1'), 'video', 'video/mp4'],
    WebM: [Buffer.from('1a45dfa3874282847765626d', 'hex'), 'video', 'video/webm'],
    MKV: [Buffer.from('1a45dfa38b4282886d6174726f736b61', 'hex'), 'video', 'video/matroska'],
    SVG: ['<?xml version="1.0"?>\n<!-- drawn --><svg width="1"/>', 'picture', 'image/svg+xml'],
    'an SVG after a long note': [`<!--${'x'.repeat(9_000)}--><svg>`, 'picture', 'image/svg+xml'],
    TTF: [Buffer.from('\0\x01\0\0\0\x0f\0\x80', 'latin1'), 'font', 'font/ttf'],
    OTF: [Buffer.from('OTTO\0\x0c\0\x80', 'latin1'), 'font', 'font/otf'],
    WOFF: [Buffer.from('wOFF\0\x01\0\0', 'latin1'), 'font', 'font/woff'],
    WOFF2: [Buffer.from('wOF2\0\x01\0\0', 'latin1'), 'font', 'font/woff2'],
    WebVTT: ['WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n', 'timing', 'text/vtt'],
    SRT: ['\ufeff1\r\n00:00:00,000 --> 00:00:01,000\r\nHello\r\n', 'timing', 'application/x-subrip'],
    JSON: ['[\n  {"word": "Hello", "start": 0, "end": 0.4}]', 'timing', 'application/json'],
  };
  for (const [what, [bytes, kind, contentType]] of Object.entries(known)) {
    it(`knows ${what} under any name`, async () => {
      assert.deepEqual(await sniff('file.bin', bytes), { kind, contentType });
    });
  }

  const disguised: Readonly<Record<string, string | Buffer>> = {
    'playlist.mp3': '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n',
    'playlist.mp4': '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://169.254.169.254/latest\n',
    'concat.wav': "ffconcat version 1.0\nfile '/etc/passwd'\n",
    'playlist.m4a': '[playlist]\nFile1=/etc/passwd\n',
    'manifest.ogg': '<?xml version="1.0"?><MPD><BaseURL>file:///etc/</BaseURL></MPD>',
    'session.flac': 'v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 96\n',
    'utf16.mp3': Buffer.from('\ufeff#EXTM3U\nfile:///etc/passwd', 'utf16le'),
    'text.jpg': 'not a picture',
    'page.png': '<!DOCTYPE html><html><svg></svg></html>',
    'markdown.json': '[a link](http://127.0.0.1/)',
    'playlist.gif': '#EXTM3U\nfile:///etc/passwd\n',
    'playlist.jpg': '#EXTM3U\nhttp://10.0.0.1/\n',
    'fonts.ttc': Buffer.from('ttcf\0\x01\0\0\0\0\0\x02', 'latin1'),
    'drawing.svgz': gzipSync('<svg/>'),
    'program.png': Buffer.from('7f454c4602010100', 'hex'),
    'archive.jpg': Buffer.from('504b0304140000000800', 'hex'),
    'short.jpg': Buffer.from([0xff]),
    'zeros.mp3': Buffer.alloc(1000),
  };
  for (const [name, bytes] of Object.entries(disguised)) {
    it(`refuses ${name}, which is something else`, async () => {
      await assert.rejects(sniff(name, bytes), {
        code: 'asset_unsupported',
        message: new RegExp(`“${name}” is `),
      });
    });
  }

  it('refuses an empty file by saying so', async () => {
    await assert.rejects(sniff('empty.mp3', ''), {
      code: 'asset_empty',
      message: '“empty.mp3” is empty: it has no bytes at all.',
    });
  });
});
