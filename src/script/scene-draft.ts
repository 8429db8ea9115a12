import { limits, type Passage, type Picture } from '../protocol/index.ts';
import { isSpeakable } from './clean-text.ts';
import type { SceneSettings } from './directive-values.ts';
import type { Directive } from './directives.ts';
import type { InlineText } from './inline-text.ts';
import { mistake, type Place, quoted } from './mistake.ts';

/** A scene as the script gives it, before the composition's defaults. */
export interface SceneDraft {
  readonly place: Place;
  readonly heading?: string;
  /** Level of the heading, 1 for `#`; absent when the scene only keeps the heading of the one before. */
  readonly depth?: number;
  picture?: Picture;
  readonly points: string[];
  readonly narration: Passage[];
  readonly directives: Directive[];
}

/** The last scene is the one that what is read next belongs to. */
export type SceneDrafts = [SceneDraft, ...SceneDraft[]];

export function newScene(start: Pick<SceneDraft, 'place' | 'heading' | 'depth'>): SceneDraft {
  return { ...start, points: [], narration: [], directives: [] };
}

/** @throws {AuraError} script_invalid for a directive the scene already has. */
export function addDirectives(scenes: SceneDrafts, directives: readonly Directive[]): void {
  const scene = lastOf(scenes);
  for (const directive of directives) {
    const earlier = scene.directives.find(({ name }) => name === directive.name);
    if (earlier !== undefined) {
      throw mistake(
        directive.place,
        `the scene has a ${directive.name} already, in line ${earlier.place.line}`,
      );
    }
    scene.directives.push(directive);
  }
}

/**
 * Puts pictures on screen: the first is the scene's own, each further one begins a scene. The heading stays over all
 * of them, but for a title card's.
 */
export function addPictures(scenes: SceneDrafts, pictures: InlineText['pictures']): void {
  for (const { picture, place } of pictures) {
    const { heading, depth, picture: shown } = lastOf(scenes);
    if (shown !== undefined) {
      scenes.push(newScene({ place, ...(heading !== undefined && depth !== 1 && { heading }) }));
    }
    lastOf(scenes).picture = picture;
  }
}

/** Text to be spoken; text without a letter or a number cannot be and is shown as a point. */
export function addParagraph(scenes: SceneDrafts, text: string, place: Place): void {
  if (text === '') return;
  if (isSpeakable(text)) addPassage(lastOf(scenes), { text }, place);
  else addPoint(scenes, text, place);
}

/** A point of a list: shown, and spoken when there is something to say. */
export function addPoint(scenes: SceneDrafts, text: string, place: Place): void {
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
    refuseMotionWithoutPicture(scene);
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

function addPassage(scene: SceneDraft, passage: Passage, place: Place): void {
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
  scene.narration.push(passage);
}

function refuseMotionWithoutPicture({ picture, directives }: SceneDraft): void {
  const motion = directives.find(({ name }) => name === 'motion');
  if (motion !== undefined && picture === undefined) {
    throw mistake(motion.place, 'motion moves a picture, and the scene has none');
  }
}

function isEmpty({ heading, picture, points, narration }: SceneDraft): boolean {
  return heading === undefined && picture === undefined && points.length === 0 && narration.length === 0;
}
