import {
  AuraError,
  aspects,
  type Composition,
  type CompositionInput,
  compositionSchema,
} from '../protocol/index.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { readMarkdown } from './markdown-tree.ts';
import { type SceneDraft, settingsOf } from './scene-draft.ts';
import { readScenes } from './scenes.ts';
import { cleanScript } from './script-text.ts';
import { splitFrontMatter } from './split-front-matter.ts';

/**
 * Reads a Markdown script (docs/script-language.md) into a composition. Pure.
 *
 * @throws {AuraError} script_empty, script_too_long, narration_missing, or script_invalid. `place` has the line and
 *   column (from 1; columns in UTF-16 code units), the message says what is wrong there and what to write.
 */
export function parseScript(markdown: string): Composition {
  const { frontMatter: yaml, body } = splitFrontMatter(cleanScript(markdown));
  const frontMatter = yaml === undefined ? {} : readFrontMatter(yaml);
  const drafts = readScenes(readMarkdown(body));
  refuseSilence(drafts);
  return compositionSchema.parse({
    version: 1,
    title: titleOf(frontMatter, drafts),
    ...settings(frontMatter),
    scenes: drafts.map(scene),
  } satisfies CompositionInput);
}

function refuseSilence(drafts: readonly SceneDraft[]): void {
  const place = { line: drafts[0]?.place.line ?? 1, column: drafts[0]?.place.column ?? 1 };
  if (drafts.length === 0) throw new AuraError('script_empty', 'The script holds no scene.', { place });
  if (drafts.every(({ narration }) => narration.length === 0)) {
    const detail = 'No paragraph or list of the script has a word to speak.';
    throw new AuraError('narration_missing', detail, { place });
  }
}

function titleOf(frontMatter: FrontMatter, drafts: readonly SceneDraft[]): string {
  const heading = drafts.find(({ depth }) => depth === 1) ?? drafts.find(({ depth }) => depth !== undefined);
  return frontMatter.title ?? heading?.heading ?? 'Untitled';
}

function settings({
  language,
  voice,
  theme,
  aspect,
  fps,
  captions,
  music,
}: FrontMatter): Partial<CompositionInput> {
  return {
    video: { ...(aspect !== undefined && aspects[aspect]), ...(fps !== undefined && { fps }) },
    ...(language !== undefined && { language }),
    ...(voice !== undefined && {
      voice: { rate: voice.rate, ...(voice.name !== undefined && { name: voice.name }) },
    }),
    ...(theme !== undefined && { theme }),
    ...(captions !== undefined && { captions: { style: captions } }),
    ...(music !== undefined && { music }),
  };
}

function scene(draft: SceneDraft, index: number): CompositionInput['scenes'][number] {
  const { heading, picture, points, narration, depth } = draft;
  const { motion, layout = depth === 1 ? 'title' : 'content', ...timing } = settingsOf(draft);
  return {
    id: `scene-${index + 1}`,
    layout,
    points,
    narration,
    ...(heading !== undefined && { heading }),
    ...(picture !== undefined && { picture: { ...picture, ...(motion !== undefined && { motion }) } }),
    ...timing,
  };
}
