import assert from 'node:assert/strict';
import { it } from 'node:test';
import { speakingSeconds } from '../../src/pipeline/speaking-seconds.ts';

const rainbow = {
  english: 'A rainbow is a circle, and you only ever see half of it.',
  chinese: '彩虹是一个圆，而你永远只能看到它的一半。',
  korean: '무지개는 원이며, 당신은 언제나 그 절반만 볼 수 있습니다.',
  arabic: 'قوس قزح دائرة، وأنت لا ترى منها أبدا إلا نصفها.',
} as const;

it('takes a sentence to last about as long in every script, however few letters it is written with', () => {
  const english = speakingSeconds(rainbow.english);
  assert.ok(english > 3 && english < 4, `${english}`);
  for (const [language, text] of Object.entries(rainbow)) {
    const ratio = speakingSeconds(text) / english;
    assert.ok(ratio > 0.8 && ratio < 1.6, `${language}: ${ratio}`);
  }
});

it('takes nothing to last no time', () => assert.equal(speakingSeconds(''), 0));
