import {
  AuraError,
  aspects,
  type Composition,
  type CompositionInput,
  compositionSchema,
} from '../protocol/index.ts';
import { composeScene } from './compose-scene.ts';
import { type FrontMatter, readFrontMatter } from './front-matter.ts';
import { readMarkdown } from './markdown-tree.ts';
import type { SceneDraft } from './scene-draft.ts';
import { readScenes } from './scenes.ts';
import { cleanScript } from './script-text.ts';
import { isSilentByMistake, silenceProblem } from './silence.ts';
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
  const { line, column } = drafts[0]?.place ?? { line: 1, column: 1 };
  const place = { line, column };
  if (drafts.length === 0) throw new AuraError('script_empty', 'The script holds no scene.', { place });
  const language = frontMatter.language ?? 'en';
  const composition = compositionSchema.parse({
    version: 1,
    title: titleOf(frontMatter, drafts),
    ...settings(frontMatter),
    scenes: drafts.map((draft, index) => composeScene(draft, { index, language })),
  } satisfies CompositionInput);
  if (!isSilentByMistake(composition)) return composition;
  throw new AuraError('narration_missing', `${silenceProblem}.`, { place });
}

function titleOf(frontMatter: FrontMatter, drafts: readonly SceneDraft[]): string {
  const heading = drafts.find(({ depth }) => depth === 1) ?? drafts.find(({ depth }) => depth !== undefined);
  return frontMatter.title ?? heading?.heading ?? 'Untitled';
}

function settings(frontMatter: FrontMatter): Partial<CompositionInput> {
  const { title: _, aspect, size, fps, ...others } = frontMatter;
  return {
    ...others,
    video: { ...(aspect !== undefined && aspects[aspect]), ...size, ...(fps !== undefined && { fps }) },
  };
}
