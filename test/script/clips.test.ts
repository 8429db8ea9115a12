import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseScript } from '../../src/script/index.ts';
import { expectMistake } from './expect-mistake.ts';

const sceneOf = (script: string) => parseScript(script).scenes[0];

describe('video clips', () => {
  test('an image of a video is a clip', () => {
    for (const name of ['a.mp4', 'A.MOV', 'b/a.webm', 'a.mkv', 'a.m4v', 'https://x.example/a.mp4?b=c.jpg']) {
      const scene = sceneOf(`![Waves](${name})\n\nHi.`);
      assert.equal(scene?.clip?.source, name);
      assert.equal(scene?.clip?.alt, 'Waves');
      assert.equal(scene?.picture, undefined);
    }
  });

  test('a name that does not tell is a picture, or a clip when a part of it is asked for', () => {
    const id = `asset:${'a'.repeat(64)}`;
    assert.equal(sceneOf(`![](${id})\n\nHi.`)?.picture?.source, id);
    assert.equal(sceneOf(`![](${id})\n\n<!-- clip: 0s- -->`)?.clip?.source, id);
  });

  test('directives trim, speed, loop, mute and place it', () => {
    const directives = 'clip: 3s-8.5s, speed: 2x, loop: yes, mute: no, gain: -6dB, fit: blur, focus: 30% 40%';
    assert.deepEqual(sceneOf(`![](a.mp4)\n\n<!-- ${directives} -->`)?.clip, {
      source: 'a.mp4',
      alt: '',
      startSeconds: 3,
      endSeconds: 8.5,
      speed: 2,
      loop: true,
      muted: false,
      gainDb: -6,
      fit: 'blur',
      focus: { x: 0.3, y: 0.4 },
    });
    const part = (clip: string) => {
      const { startSeconds, endSeconds } = sceneOf(`![](a.mp4)\n\n<!-- clip: ${clip} -->`)?.clip ?? {};
      return [startSeconds, endSeconds];
    };
    assert.deepEqual(part('3s-'), [3, undefined]);
    assert.deepEqual(part('-500ms'), [0, 0.5]);
    assert.deepEqual(part('1:05 – 1:02:03.5'), [65, 3723.5]);
  });

  test('mistakes', () => {
    const refuse = (directive: string, at: readonly [number, number], message: RegExp) =>
      expectMistake(`![](a.mp4)\n\n<!-- ${directive} -->`, { at, message });
    refuse('clip: 3s', [3, 12], /not a part of a clip; write 3s-8\.5s/);
    refuse('clip: -', [3, 12], /not a part of a clip/);
    refuse('clip: 8s-3s', [3, 12], /ends at 3s, which is not after it begins/);
    refuse('speed: 5', [3, 13], /write 0\.25 to 4/);
    refuse('loop: maybe', [3, 12], /must be yes or no/);
    refuse('gain: loud', [3, 12], /write -60dB to 20dB/);
    refuse('gain: 21dB', [3, 12], /write -60dB to 20dB/);
    refuse('focus: 30%', [3, 13], /from the left and from the top/);
    refuse('focus: 30% 140%', [3, 13], /not a point/);
    refuse('fit: stretch', [3, 11], /must be cover, contain or blur/);
    refuse('motion: zoom-in', [3, 6], /moves a picture, and the scene has none/);
    for (const directive of ['clip: 3s-', 'speed: 2', 'loop: yes', 'mute: yes', 'gain: 1dB']) {
      const message = /video clip.*, and the scene has none/;
      expectMistake(`![](a.jpg)\n\nHi.\n\n<!-- ${directive} -->`, { at: [5, 6], message });
    }
    expectMistake('Hi.\n\n<!-- fit: blur -->', { at: [3, 6], message: /the scene has none/ });
  });
});

describe('sound', () => {
  test('a recorded voice, its timing and its level', () => {
    const directives = 'voice-over: "takes/one, two.wav", timing: ./takes/1.vtt, voice-gain: 3 dB';
    assert.deepEqual(sceneOf(`Hi.\n\n<!-- ${directives} -->`)?.voiceOver, {
      source: 'takes/one, two.wav',
      timing: 'takes/1.vtt',
      gainDb: 3,
    });
  });

  test('mistakes', () => {
    const refuse = (directives: string, at: readonly [number, number], message: RegExp) =>
      expectMistake(`Hi.\n\n<!-- ${directives} -->`, { at, message });
    refuse('voice-over: /etc/passwd', [3, 18], /cannot be used: name a file beside the script/);
    refuse('timing: a.vtt', [3, 6], /is about a voice-over, and the scene has none/);
    refuse('voice-gain: 3dB', [3, 6], /is about a voice-over/);
    expectMistake('## A\n\n<!-- voice-over: a.wav, timing: a.vtt -->', {
      at: [3, 25],
      message: /write the words, too/,
    });
  });

  test('a video may be silent when something shows that it is meant', () => {
    for (const script of [
      '![](a.mp4)',
      '# T\n\n<!-- duration: 4s -->',
      '# T\n\n<!-- voice-over: a.wav -->',
      '---\nmusic: a.mp3\n---\n# T\n\n![](a.jpg)',
    ]) {
      assert.equal(parseScript(script).scenes.length, 1, script);
    }
    const message = /word to speak.*no music, no clip, no duration/;
    expectMistake('# T\n\n![](a.jpg)', { at: [1, 1], message, code: 'narration_missing' });
  });
});
