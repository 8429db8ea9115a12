import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCanvas } from '@napi-rs/canvas';
import { typefaceOf } from '../../src/drawing/index.ts';
import { linePieces } from '../../src/drawing/line-breaks.ts';
import { layOutBlock } from '../../src/drawing/text-block.ts';
import './rendered.ts';

const pieces = (text: string): string =>
  linePieces(text)
    .map(({ start, end }) => text.slice(start, end))
    .join('|');

test('spaces that divide a Japanese text into phrases are where its lines break', () => {
  assert.equal(pieces('おつきさまの みちくさ'), 'おつきさまの|みちくさ');
  assert.equal(
    pieces('ひとつめの まどでは、ねこが まるくなっています。🌙'),
    'ひとつめの|まどでは、|ねこが|まるくなっています。🌙',
  );
});

test('without spaces, a Japanese phrase keeps its particles and endings', () => {
  assert.equal(
    pieces('台本を書くだけで、動画が完成します。話す言葉を書けば、絵と字幕は自動で描かれます。'),
    '台本を|書くだけで、|動画が|完成します。|話す|言葉を|書けば、|絵と|字幕は|自動で|描かれます。',
  );
  assert.equal(pieces('お客様のお問い合わせは「次の日」に。'), 'お客様の|お問い合わせは|「次の|日」に。');
  assert.equal(pieces('Auraで動画を作る方法：3つのステップ'), 'Auraで|動画を|作る|方法：|3つの|ステップ');
});

test('Chinese breaks between words, never before a particle or a closing sign', () => {
  assert.equal(pieces('你写下要说的话，它画出要看的画面。'), '你|写下|要|说的话，|它|画|出|要|看的|画面。');
});

test('other scripts break at spaces, those without spaces between words', () => {
  assert.equal(pieces('Hello, world (again) — “yes”'), 'Hello,|world|(again)|—|“yes”');
  assert.equal(pieces('대본만 쓰면 영상이 완성됩니다.'), '대본만|쓰면|영상이|완성됩니다.');
  assert.ok(pieces('เปลี่ยนบทให้เป็นวิดีโอ').split('|').length > 3);
});

test('at any width, no East Asian line starts with a particle, a closing sign or a small letter', () => {
  const texts = [
    '台本を書くだけで、動画が完成します。話す言葉を書けば、絵と字幕は自動で描かれます。',
    'おつきさまは、ちいさな むらの うえで たちどまりました。「もうすこし、みていたいなあ。」',
    'コンピューターを使ってキャッシュのチェックを行いましょう。',
    '只要写好脚本，视频就会自动完成。你写下要说的话，它画出要看的画面。',
  ];
  const context = createCanvas(1, 1).getContext('2d');
  const style = { face: typefaceOf('ja'), weight: 700, size: 40, spacing: 0 };
  for (const text of texts) {
    for (let maximumWidth = 160; maximumWidth < 1200; maximumWidth += 20) {
      const { lines } = layOutBlock(context, { text, style, maximumWidth, lineHeight: 1.3 });
      for (const { start, width } of lines) {
        assert.ok(width <= maximumWidth);
        const line = text.slice(start);
        assert.doesNotMatch(line, /^[、。，」』）ーァィゥェォッャュョぁぃぅぇぉっゃゅょ]/u);
        // Narrower than a phrase, even words must be cut.
        if (maximumWidth >= 440) assert.doesNotMatch(line, /^[をはがにのへで的了]/u);
      }
    }
  }
});
