import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { Canvas, type Image } from '@napi-rs/canvas';
import { type DrawablePicture, largestZoom } from '../drawing/index.ts';
import type { DrawnLayers } from '../media/index.ts';
import { freeCanvas, preparePicture } from '../media/prepare-picture.ts';
import { decodePicture } from '../pictures/decode-picture.ts';
import type { Timeline, TimelineScene } from '../timeline/timeline.ts';
import { type ClipPictures, createClipPictures } from './clip-pictures.ts';
import { openFrameDrawer } from './frame-drawer.ts';
import { sceneTexts } from './scene-texts.ts';
import { openStageFonts } from './stage-fonts.ts';

/** Draws the frames of a timeline, with what they need: fonts, decoded pictures and open clips. */
export interface DrawingStage extends AsyncDisposable {
  /**
   * Loads what these frames show and lets go of what they do not. Only they can be drawn then.
   *
   * @param run Frames that they are a part of and that will be covered next, in parts: clips stay open from one to the other.
   * @throws {AuraError} picture_invalid.
   */
  cover(frames: FrameRange, run?: FrameRange): Promise<void>;
  /**
   * Draws the frame and returns what differs from the frame drawn before, or all of it when that is asked for: to be read
   * before the next is drawn.
   *
   * @throws {AuraError} video_invalid.
   */
  draw(frameIndex: number, options?: { readonly whole?: boolean }): Promise<DrawnLayers | 'unchanged'>;
}

export interface FrameRange {
  readonly startFrame: number;
  readonly frameCount: number;
}

interface StageRequest {
  readonly timeline: Timeline;
  /** Local files of pictures, clips and fonts, by source. */
  readonly files: Readonly<Record<string, string>>;
}

export function openDrawingStage({ timeline, files }: StageRequest): DrawingStage {
  const typefaceFor = openStageFonts(timeline, files);
  const drawer = openFrameDrawer(timeline);
  const stills = new Map<string, Image | Canvas>();
  /** The stills, and of each clip the picture of the frame that is drawn. */
  const pictures = new Map<string, DrawablePicture>();
  let clips: ClipPictures | undefined;
  let covered: FrameRange | undefined;
  const coverRun = async (run: FrameRange): Promise<void> => {
    if (run.startFrame === covered?.startFrame && run.frameCount === covered.frameCount) return;
    const scenes = visibleScenes(timeline, run);
    await clips?.[Symbol.asyncDispose]();
    typefaceFor(scenes.flatMap(sceneTexts).join('\n'));
    clips = createClipPictures({ timeline, scenes, files, pictures });
    covered = run;
  };
  return {
    async cover(frames, run = frames) {
      await coverRun(run);
      pictures.clear();
      const request = { timeline, files, scenes: visibleScenes(timeline, frames), typefaceFor };
      const isLoaded = await loadPictures(stills, request);
      for (const [source, still] of stills) pictures.set(source, still);
      if (!isLoaded) return;
      // What was decoded is large, and the collector does not see that. A decoder lets go of it in a turn of its own.
      await setImmediate();
      globalThis.gc?.();
    },
    async draw(frameIndex, { whole = false } = {}) {
      await clips?.bringTo(frameIndex);
      return drawer.draw({ timeline, frameIndex, pictures }, { whole });
    },
    [Symbol.asyncDispose]: async () => {
      await clips?.[Symbol.asyncDispose]();
      forget(stills, stills.keys());
    },
  };
}

/** The scenes that can be seen in the frames, with the one that is left in a transition. */
function visibleScenes(timeline: Timeline, { startFrame, frameCount }: FrameRange): TimelineScene[] {
  return timeline.scenes.filter((scene, index) => {
    const next = timeline.scenes[index + 1];
    const endFrame = scene.startFrame + scene.frameCount + (next?.transition.frameCount ?? 0);
    return scene.startFrame < startFrame + frameCount && endFrame > startFrame;
  });
}

interface PicturesRequest extends StageRequest {
  readonly scenes: readonly TimelineScene[];
  readonly typefaceFor: (text: string) => string;
}

/** Makes the map hold the pictures of these scenes and no others. @returns whether any was loaded. */
async function loadPictures(loaded: Map<string, Image | Canvas>, request: PicturesRequest): Promise<boolean> {
  const { timeline, files, scenes } = request;
  const shown = scenes.flatMap(({ picture, pictures }) => [picture, ...pictures]);
  const sources = new Set([...shown.map((picture) => picture?.source), timeline.brand?.logo?.source]);
  forget(
    loaded,
    [...loaded.keys()].filter((source) => !sources.has(source)),
  );
  let isLoaded = false;
  for (const source of sources) {
    const file = source === undefined ? undefined : files[source];
    if (source === undefined || file === undefined || loaded.has(source)) continue;
    loaded.set(source, await loadPicture(source, file, request));
    isLoaded = true;
  }
  return isLoaded;
}

/** What was drawn on is freed at once; the rest when the collector comes by. */
function forget(loaded: Map<string, Image | Canvas>, sources: Iterable<string>): void {
  for (const source of sources) {
    const picture = loaded.get(source);
    loaded.delete(source);
    if (picture instanceof Canvas) freeCanvas(picture);
  }
}

async function loadPicture(
  source: string,
  file: string,
  { timeline, typefaceFor }: PicturesRequest,
): Promise<Image | Canvas> {
  // An SVG is drawn as large as a picture is ever shown: never blurred, and never larger than it helps.
  const bytes = await readFile(file);
  const picture = await decodePicture(bytes, source, {
    minimumWidth: timeline.width * largestZoom,
    minimumHeight: timeline.height * largestZoom,
    typefaceFor,
  });
  const isJpeg = bytes.readUInt16BE(0) === jpegStart;
  return preparePicture(picture, timeline, { isOpaque: isJpeg });
}

/** A JPEG has no transparency, and every one begins with these two bytes. */
const jpegStart = 0xffd8;
