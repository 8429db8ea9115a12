import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textDirection, visualOrder } from '../../src/drawing/text-direction.ts';

test('the first letter decides the direction of a text', () => {
  assert.equal(textDirection('12 שלום hello'), 'rtl');
  assert.equal(textDirection('«Hello» שלום'), 'ltr');
  assert.equal(textDirection('١٢٣ – 45'), 'ltr');
  assert.equal(textDirection('مرحبا'), 'rtl');
});

test('words against the line’s direction keep their own order', () => {
  const show = (line: string, base: 'ltr' | 'rtl'): string => {
    const words = line.split(' ');
    return visualOrder(words, base)
      .map((index) => words[index])
      .join(' ');
  };
  assert.equal(show('one two three', 'ltr'), 'one two three');
  assert.equal(show('א ב ג', 'rtl'), 'ג ב א');
  assert.equal(show('א one two ב', 'rtl'), 'ב one two א');
  assert.equal(show('one א ב two', 'ltr'), 'one ב א two');
  assert.equal(show('א 5 ב', 'rtl'), 'ב 5 א');
  assert.equal(show('א one – two ב', 'rtl'), 'ב one – two א');
});
