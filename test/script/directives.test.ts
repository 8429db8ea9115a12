import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseScript } from '../../src/script/index.ts';
import { expectMistake } from './expect-mistake.ts';

const sceneWith = (comment: string) => parseScript(`# Title\n\n![a](a.jpg)\n\n${comment}\n\nHi.`).scenes[0];

describe('directives', () => {
  test('each sets its field', () => {
    assert.equal(sceneWith('<!-- duration: 4s -->')?.durationSeconds, 4);
    assert.equal(sceneWith('<!-- duration: 1.5s -->')?.durationSeconds, 1.5);
    assert.equal(sceneWith('<!--duration:500ms-->')?.durationSeconds, 0.5);
    assert.deepEqual(sceneWith('<!-- background: #112233 -->')?.background, {
      kind: 'color',
      color: '#112233',
    });
    assert.deepEqual(sceneWith('<!-- background: #112233 #445566 -->')?.background, {
      kind: 'gradient',
      colors: ['#112233', '#445566'],
      angleDegrees: 135,
    });
    assert.equal(sceneWith('<!-- motion: none -->')?.picture?.motion, 'none');
    assert.equal(sceneWith('<!-- layout: content -->')?.layout, 'content');
  });

  test('transitions have what their kind has, in any order', () => {
    const transitionOf = (value: string) => sceneWith(`<!-- transition: ${value} -->`)?.transition;
    const plain = { durationSeconds: 0.5, direction: 'left', color: '#000000' };
    assert.deepEqual(transitionOf('cut'), { ...plain, kind: 'cut', durationSeconds: 0 });
    assert.deepEqual(transitionOf('fade'), { ...plain, kind: 'fade' });
    assert.deepEqual(transitionOf('fade 1 s'), { ...plain, kind: 'fade', durationSeconds: 1 });
    assert.deepEqual(transitionOf('circle 800ms'), { ...plain, kind: 'circle', durationSeconds: 0.8 });
    assert.deepEqual(transitionOf('zoom'), { ...plain, kind: 'zoom' });
    for (const value of ['dip #ffffff 1s', 'dip 1s #ffffff']) {
      assert.deepEqual(transitionOf(value), { ...plain, kind: 'dip', color: '#ffffff', durationSeconds: 1 });
    }
    for (const kind of ['wipe', 'slide', 'push']) {
      const expected = { ...plain, kind, direction: 'up', durationSeconds: 0.6 };
      assert.deepEqual(transitionOf(`${kind} up 600ms`), expected);
    }
  });

  test('a gradient may have an angle, words a way to come in, pictures a motion', () => {
    assert.deepEqual(sceneWith('<!-- background: #112233 #445566 90deg -->')?.background, {
      kind: 'gradient',
      colors: ['#112233', '#445566'],
      angleDegrees: 90,
    });
    assert.equal(sceneWith('<!-- text: typewriter -->')?.textMotion, 'typewriter');
    assert.equal(sceneWith('<!-- motion: pan-left -->')?.picture?.motion, 'pan-left');
    assert.deepEqual(sceneWith('<!-- focus: 25% 100% -->')?.picture?.focus, { x: 0.25, y: 1 });
  });

  test('several stand in one comment, quoted or not, on one line or more, or in several comments', () => {
    for (const comment of [
      '<!-- duration: 4s, transition: "fade 1s", background: \'#112233\' -->',
      '<!--\n  duration: 4s\n  transition: fade 1s\n  background: #112233\n-->',
      '<!-- duration: 4s; transition: fade 1s --> <!-- background: #112233 -->',
      'Some text <!-- duration: 4s, transition: fade 1s --> and more <!-- background: #112233 -->.',
    ]) {
      const scene = sceneWith(comment);
      assert.equal(scene?.durationSeconds, 4, comment);
      assert.equal(scene?.transition.durationSeconds, 1, comment);
      assert.deepEqual(scene?.background, { kind: 'color', color: '#112233' }, comment);
    }
  });

  test('they are for the scene they stand in', () => {
    const { scenes } = parseScript(
      '## A\n\nHi.\n\n<!-- duration: 4s -->\n\n## B\n\nHi.\n\n- x\n\n  <!-- duration: 6s -->',
    );
    assert.deepEqual(
      scenes.map(({ durationSeconds }) => durationSeconds),
      [4, 6],
    );
  });

  test('comments that are notes are left alone, and never spoken', () => {
    for (const note of [
      'a note to self',
      'note: duration: 4s',
      'TODO: find a better picture',
      'see https://example.com/x',
      'https://example.com',
      'text about the lamp',
      'focus on the lamp',
      'clip from last summer',
      'timing is off here',
      'speed this up',
      'I like this text: it flows',
      '',
      '"quoted"',
    ]) {
      assert.deepEqual(sceneWith(`<!-- ${note} -->`), sceneWith(''));
    }
  });

  test('a wrong name or value is named with its place', () => {
    const below = (comment: string, at: readonly [number, number], message: RegExp) =>
      expectMistake(`# Title\n\nHi.\n\n${comment}`, { at, message });
    below('<!-- durration: 4s -->', [5, 6], /unknown directive "durration"; did you mean "duration"\?/);
    below('<!-- Duration: 4s -->', [5, 6], /did you mean "duration"/);
    below(
      '<!-- zoom: 2 -->',
      [5, 6],
      /unknown directive "zoom"; it can be layout, duration, .* or voice-gain/,
    );
    below('<!-- duration: 4s, transitoin: fade -->', [5, 20], /"transitoin"; did you mean "transition"/);
    below('<!--\n  duration: 4s\n\n  moton: none -->', [8, 3], /"moton"; did you mean "motion"/);
    below('<!-- duration: 4 -->', [5, 16], /"4" is not a duration; write 4s/);
    below('<!-- duration: 0s -->', [5, 16], /more than 0s/);
    below('<!-- duration: 601s -->', [5, 16], /at most 600s/);
    below('<!-- duration: -->', [5, 6], /"duration" has no value/);
    below('<!-- duration 4s -->', [5, 6], /"duration" needs a colon/);
    below('<!-- duration: 4s, 5s -->', [5, 20], /"5s" is not a directive/);
    below('<!-- duration: 4s, duration: 5s -->', [5, 20], /a duration already, in line 5/);
    below(
      '<!-- transition: swirl -->',
      [5, 18],
      /unknown transition "swirl"; it can be cut, fade, .* or circle/,
    );
    below('<!-- transition: fad -->', [5, 18], /did you mean "fade"/);
    below('<!-- transition: fade left -->', [5, 18], /a fade has no direction; wipe, slide or push have one/);
    below('<!-- transition: wipe #ffffff -->', [5, 18], /a wipe has no colour; a dip has/);
    below('<!-- transition: wipe 1s 2s -->', [5, 18], /"2s" comes second/);
    below(
      '<!-- transition: wipe leftwards -->',
      [5, 18],
      /no direction and no duration; write wipe left 600ms/,
    );
    below('<!-- background: #111111 90deg -->', [5, 18], /the angle of a gradient/);
    below('<!-- text: fly -->', [5, 12], /"fly" must be rise, fade, typewriter, stagger or none/);
    below('<!-- transition wipe left 1s -->', [5, 6], /"transition" needs a colon/);
    below('<!-- a note, duration: 4s -->', [5, 6], /"a note" is not a directive/);
    below('<!-- transition: cut 1s -->', [5, 18], /a cut has no duration/);
    below('<!-- transition: fade 4s -->', [5, 18], /at most 3s/);
    below('<!-- background: blue -->', [5, 18], /"blue" is not a colour/);
    below('<!-- background: #111111 #222222 #333333 #444444 #555555 -->', [5, 18], /at most 4 colours/);
    below('<!-- motion: zoom -->', [5, 14], /must be ken-burns, zoom-in, .* or none/);
    below('<!-- motion: none -->', [5, 6], /the scene has none/);
    below('<!-- layout: "card" -->', [5, 14], /"card" must be title, content, .* or end/);
    below('<!-- transition: "fade -->', [5, 18], /quotation mark has no partner/);
    below('<!-- duration: 4s', [5, 1], /not closed; end it with -->/);
    below('<!-- duration: 4s --> lost text', [5, 23], /"lost text" stands behind a comment/);
    below('Hi <!-- duration: 4x --> there.', [5, 19], /"4x" is not a duration/);
    below('> <!--\n> duration: 4x -->', [6, 13], /"4x" is not a duration/);
  });

  test('columns and lines hold with front matter, a byte order mark and Windows line endings', () => {
    expectMistake('\uFEFF---\r\ntitle: x\r\n---\r\n\r\nHi.\r\n\r\n<!-- duration: 4s,\r\n     wrong: 1 -->', {
      at: [8, 6],
      message: /unknown directive "wrong"/,
    });
  });

  test('directives without a scene are refused', () => {
    expectMistake('<!-- duration: 4s -->\n\n# Title\n\nHi.', {
      at: [1, 6],
      message: /has no scene; put it below/,
    });
    expectMistake('Hi.\n\n---\n\n<!-- transition: cut -->', { at: [5, 6], message: /has no scene/ });
  });
});
