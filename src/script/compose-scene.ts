import type { CompositionInput } from '../protocol/index.ts';
import { asChart } from './chart-data.ts';
import { chooseLayout } from './choose-layout.ts';
import { isSpeakable } from './clean-text.ts';
import { beyondEnd } from './code-block.ts';
import type { ImageDraft } from './inline-text.ts';
import { mistake } from './mistake.ts';
import { quoteText } from './quote-block.ts';
import type { LineRange } from './read-quantities.ts';
import { type PassageDraft, type PlacedQuote, type SceneDraft, settingsOf } from './scene-draft.ts';
import { imageKind, refuseStrayDirectives } from './stray-directives.ts';
import { asTable } from './table-block.ts';

type SceneInput = CompositionInput['scenes'][number];

/**
 * A scene of the composition.
 *
 * @param language in which the numbers of charts are written, BCP 47.
 * @throws {AuraError} script_invalid for parts and directives that do not go together.
 */
export function composeScene(
  draft: SceneDraft,
  { index, language }: { readonly index: number; readonly language: string },
): SceneInput {
  refuseStrayDirectives(draft);
  const layout = chooseLayout(draft);
  const quote = layout === 'quote' ? draft.quotes[0] : undefined;
  const { durationSeconds, transition, background, textMotion, chart = 'bar' } = settingsOf(draft);
  const { heading, points, code, table } = draft;
  return {
    id: `scene-${index + 1}`,
    layout,
    points,
    narration: narrationOf(draft, quote),
    ...visualsOf(draft, layout === 'split' || layout === 'grid'),
    ...(heading !== undefined && { heading }),
    ...(quote !== undefined && {
      quote: { text: quoteText(quote), ...(quote.source !== undefined && { source: quote.source }) },
    }),
    ...(code !== undefined && { code: code.code }),
    ...(table !== undefined && layout === 'table' && { table: asTable(table) }),
    ...(table !== undefined && layout === 'chart' && { chart: asChart(table, { kind: chart, language }) }),
    ...(durationSeconds !== undefined && { durationSeconds }),
    ...(transition !== undefined && { transition }),
    ...(background !== undefined && { background }),
    ...(textMotion !== undefined && { textMotion }),
    ...voiceOverOf(draft),
  };
}

function narrationOf(draft: SceneDraft, quote: PlacedQuote | undefined): SceneInput['narration'] {
  refuseWrongLines(draft);
  const lit = litLines(draft);
  const passages = draft.narration.map(({ text, point }, index) => {
    const lines = lit[index];
    return { text, ...(point !== undefined && { point }), ...(lines !== undefined && { lines }) };
  });
  if (quote === undefined) return passages;
  const spoken = quote.paragraphs.filter(isSpeakable).map((text) => ({ text }));
  return [...passages.slice(0, quote.from), ...spoken, ...passages.slice(quote.to)];
}

/** For each passage. Lines stay lit until others are, so after some of them all are named when no more is said. */
function litLines({ narration, code }: SceneDraft): (LineRange | undefined)[] {
  if (code === undefined) return [];
  const said = narration.map(({ lit }, index) => lit?.lines ?? code.steps[index - code.passagesBefore]);
  const first = said.findIndex((lines) => lines !== undefined);
  const all = { from: 1, to: code.lineCount };
  return said.map((lines, index) => lines ?? (first !== -1 && index > first ? all : undefined));
}

function refuseWrongLines({ narration, pendingLines, code }: SceneDraft): void {
  if (pendingLines !== undefined) {
    throw mistake(pendingLines.place, 'no paragraph follows; lines are lit while the next one is spoken');
  }
  for (const { lit } of narration) refuseWrongLit(lit, code);
  if (code === undefined) return;
  const below = narration.length - code.passagesBefore;
  const { steps, place } = code;
  if (steps.length <= below) return;
  const needed = `the code lights ${steps.length} parts, each while a paragraph below it is spoken`;
  throw mistake(place, `${needed}; write ${steps.length - below} more below it`);
}

function refuseWrongLit(lit: PassageDraft['lit'], code: SceneDraft['code']): void {
  if (lit === undefined) return;
  if (code === undefined) {
    throw mistake(lit.place, 'lines lights code, and the scene has none; begin the scene with the code');
  }
  if (lit.lines.to > code.lineCount) throw mistake(lit.place, beyondEnd(lit.lines, code.lineCount));
  if (code.steps.length > 0) {
    throw mistake(lit.place, `the code says in line ${code.place.line} what is lit; write it in one place`);
  }
}

function visualsOf(
  draft: SceneDraft,
  areSeveral: boolean,
): Pick<SceneInput, 'picture' | 'pictures' | 'clip'> {
  const [image] = draft.images;
  if (areSeveral) return { pictures: draft.images.map((each) => gatheredPicture(draft, each)) };
  if (image === undefined) return {};
  return imageKind(draft, image.source) === 'video'
    ? { clip: clipOf(draft, image) }
    : { picture: pictureOf(draft, image) };
}

function gatheredPicture(draft: SceneDraft, image: ImageDraft): NonNullable<SceneInput['picture']> {
  if (imageKind(draft, image.source) === 'picture') return pictureOf(draft, image);
  throw mistake(image.place, 'a split or a grid shows pictures; put the clip into a scene of its own');
}

function pictureOf(draft: SceneDraft, { source, alt }: ImageDraft): NonNullable<SceneInput['picture']> {
  const { motion, fit, focus } = settingsOf(draft);
  return {
    source,
    alt,
    ...(motion !== undefined && { motion }),
    ...(fit !== undefined && { fit }),
    ...(focus !== undefined && { focus }),
  };
}

function clipOf(draft: SceneDraft, { source, alt }: ImageDraft): NonNullable<SceneInput['clip']> {
  const { trim, speed, loop, muted, gainDb, fit, focus } = settingsOf(draft);
  return {
    source,
    alt,
    ...trim,
    ...(speed !== undefined && { speed }),
    ...(loop !== undefined && { loop }),
    ...(muted !== undefined && { muted }),
    ...(gainDb !== undefined && { gainDb }),
    ...(fit !== undefined && { fit }),
    ...(focus !== undefined && { focus }),
  };
}

function voiceOverOf(draft: SceneDraft): Pick<SceneInput, 'voiceOver'> {
  const { voiceOver: source, timing, voiceGainDb: gainDb } = settingsOf(draft);
  if (source === undefined) return {};
  return {
    voiceOver: {
      source,
      ...(timing !== undefined && { timing }),
      ...(gainDb !== undefined && { gainDb }),
    },
  };
}
