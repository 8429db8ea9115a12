import { limits } from '../protocol/index.ts';
import { isSpeakable } from './clean-text.ts';
import type { CodeDraft } from './code-block.ts';
import type { Directive } from './directives.ts';
import type { ImageDraft } from './inline-text.ts';
import { mistake, type Place, quoted } from './mistake.ts';
import type { QuoteDraft } from './quote-block.ts';
import type { LineRange } from './read-quantities.ts';
import type { SceneSettings } from './scene-settings.ts';
import type { TableDraft } from './table-block.ts';

/** Lines of code to light, and the directive that says so. */
export interface LitLines {
  readonly lines: LineRange;
  readonly place: Place;
}

export interface PassageDraft {
  readonly text: string;
  readonly point?: number;
  readonly lit?: LitLines;
}

/** A quote, and which passages of its scene it became: from, up to but without to. */
export interface PlacedQuote extends QuoteDraft {
  readonly from: number;
  readonly to: number;
}

/** A scene as the script gives it, before it is known how it is arranged. */
export interface SceneDraft {
  readonly place: Place;
  readonly heading?: string;
  /** Level of the heading, 1 for `#`; absent when the scene only keeps the heading of the one before. */
  readonly depth?: number;
  /** All images up to the next heading or break belong to it: a split or a grid. */
  readonly gathersImages?: boolean;
  readonly images: ImageDraft[];
  readonly points: string[];
  readonly narration: PassageDraft[];
  readonly quotes: PlacedQuote[];
  readonly directives: Directive[];
  code?: CodeDraft;
  table?: TableDraft;
  /** For the next passage. */
  pendingLines?: LitLines | undefined;
}

/** The last scene is the one that what is read next belongs to. */
export type SceneDrafts = [SceneDraft, ...SceneDraft[]];

export function newScene(
  start: Pick<SceneDraft, 'place' | 'heading' | 'depth' | 'gathersImages'>,
): SceneDraft {
  return { ...start, images: [], points: [], narration: [], quotes: [], directives: [] };
}

/** @throws {AuraError} script_invalid for a directive the scene already has. */
export function addDirectives(scenes: SceneDrafts, directives: readonly Directive[]): void {
  for (const directive of directives) {
    if (directive.name === 'lines') addLines(lastOf(scenes), directive);
    else addDirective(lastOf(scenes), directive);
  }
}

/**
 * Puts images on screen: the first is the scene's own, each further one begins a scene. The heading stays over all
 * of them, but for a title card's.
 */
export function addImages(scenes: SceneDrafts, images: readonly ImageDraft[]): void {
  for (const image of images) {
    const { images: shown, gathersImages = false, code, table } = lastOf(scenes);
    const isTaken = code !== undefined || table !== undefined || shown.length > 0;
    if (isTaken && !gathersImages) scenes.push(continued(lastOf(scenes), image.place));
    lastOf(scenes).images.push(image);
  }
}

/** Code fills the screen: it begins a scene when there is something on it. */
export function addCode(scenes: SceneDrafts, code: Omit<CodeDraft, 'passagesBefore'>): void {
  if (showsSomething(lastOf(scenes))) scenes.push(continued(lastOf(scenes), code.place));
  const scene = lastOf(scenes);
  scene.code = { ...code, passagesBefore: scene.narration.length };
}

/** As code does. */
export function addTable(scenes: SceneDrafts, table: TableDraft): void {
  if (showsSomething(lastOf(scenes))) scenes.push(continued(lastOf(scenes), table.place));
  lastOf(scenes).table = table;
}

/** Notes a quote. @param readText adds its paragraphs to the scene, as text to be spoken. */
export function addQuote(scenes: SceneDrafts, quote: QuoteDraft, readText: () => void): void {
  const scene = lastOf(scenes);
  const from = scene.narration.length;
  readText();
  if (lastOf(scenes) === scene) scene.quotes.push({ ...quote, from, to: scene.narration.length });
}

/** Text to be spoken; text without a letter or a number cannot be and is shown as a point. */
export function addParagraph(scenes: SceneDrafts, text: string, place: Place): void {
  if (text === '') return;
  if (isSpeakable(text)) addPassage(lastOf(scenes), { text }, place);
  else addPoint(scenes, text, place);
}

/** A point of a list: shown, and spoken when there is something to say. */
export function addPoint(scenes: SceneDrafts, text: string, place: Place): void {
  const { code, table } = lastOf(scenes);
  if (code !== undefined || table !== undefined) scenes.push(continued(lastOf(scenes), place));
  const scene = lastOf(scenes);
  if (text.length > limits.pointLength) {
    const advice = 'put what is only spoken into a paragraph of its own, indented, below it';
    throw mistake(
      place,
      `a point has at most ${limits.pointLength} characters, this one ${text.length}; ${advice}`,
    );
  }
  if (scene.points.length === limits.pointsPerScene) {
    throw mistake(place, `a scene has at most ${limits.pointsPerScene} points; begin a new one with ---`);
  }
  const point = scene.points.push(text) - 1;
  if (isSpeakable(text)) addPassage(scene, { text, point }, place);
}

/**
 * The scenes that have something in them. A blank one counts when a directive says how long it lasts.
 *
 * @throws {AuraError} script_invalid for directives without a scene, script_too_long for too many scenes.
 */
export function filledScenes(scenes: SceneDrafts): SceneDraft[] {
  const filled = scenes.filter((scene, index) => {
    if (!isEmpty(scene)) return true;
    const [directive] = scene.directives;
    if (directive === undefined) return false;
    if (index > 0 && settingsOf(scene).durationSeconds !== undefined) return true;
    const advice = 'put it below the heading of the scene it is for';
    throw mistake(directive.place, `the ${directive.name} has no scene; ${advice}`);
  });
  const oneTooMany = filled[limits.scenes];
  if (oneTooMany === undefined) return filled;
  throw mistake(oneTooMany.place, `a script has at most ${limits.scenes} scenes`, 'script_too_long');
}

export function settingsOf(scene: SceneDraft): SceneSettings {
  return Object.assign({}, ...scene.directives.map(({ settings }) => settings));
}

function lastOf(scenes: SceneDrafts): SceneDraft {
  return scenes.at(-1) ?? scenes[0];
}

/** The scene that shows what had no room in this one. */
function continued({ heading, depth }: SceneDraft, place: Place): SceneDraft {
  return newScene({ place, ...(heading !== undefined && depth !== 1 && { heading }) });
}

function addDirective(scene: SceneDraft, directive: Directive): void {
  const earlier = scene.directives.find(({ name }) => name === directive.name);
  if (earlier !== undefined) {
    const what = `the scene has a ${directive.name} already, in line ${earlier.place.line}`;
    throw mistake(directive.place, what);
  }
  scene.directives.push(directive);
}

function addLines(scene: SceneDraft, { settings: { lines }, place }: Directive): void {
  if (lines === undefined) return;
  if (scene.pendingLines !== undefined) {
    const { line } = scene.pendingLines.place;
    throw mistake(
      place,
      `the lines of line ${line} have no paragraph; write what is said while they are lit`,
    );
  }
  scene.pendingLines = { lines, place };
}

function addPassage(scene: SceneDraft, passage: PassageDraft, place: Place): void {
  const { length } = passage.text;
  if (length > limits.passageLength) {
    throw mistake(
      place,
      `a paragraph has at most ${limits.passageLength} characters, this one ${length}; divide it`,
    );
  }
  if (scene.narration.length === limits.passagesPerScene) {
    const what = `a scene has at most ${limits.passagesPerScene} paragraphs and points`;
    throw mistake(place, `${what}; begin a new one with --- before ${quoted(passage.text)}`);
  }
  const lit = scene.pendingLines;
  scene.narration.push({ ...passage, ...(lit !== undefined && { lit }) });
  scene.pendingLines = undefined;
}

function showsSomething({ images, points, code, table }: SceneDraft): boolean {
  return images.length > 0 || points.length > 0 || code !== undefined || table !== undefined;
}

function isEmpty(scene: SceneDraft): boolean {
  const hasLines = scene.pendingLines !== undefined;
  return scene.heading === undefined && scene.narration.length === 0 && !hasLines && !showsSomething(scene);
}
