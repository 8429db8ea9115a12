import { readFile } from 'node:fs/promises';
import { Canvas, type Image } from '@napi-rs/canvas';
import { largestZoom } from '../drawing/index.ts';
import type { Drawn } from '../media/index.ts';
import { opaqueIfPossible } from '../media/opaque-picture.ts';
import { preparePicture } from '../media/prepare-picture.ts';
import { decodePicture } from '../pictures/decode-picture.ts';
import type { Timeline, TimelineScene } from '../timeline/timeline.ts';
import { createClipPictures } from './clip-pictures.ts';
import { sceneTexts } from './scene-texts.ts';
import { openStageCanvas } from './stage-canvas.ts';
import { openStageFonts } from './stage-fonts.ts';

/** A canvas with what some frames of a timeline need: fonts, decoded pictures and open clips. */
export interface DrawingStage extends AsyncDisposable {
  /**
   * Draws the frame and returns what differs from the frame drawn before, or all of it when that is asked for: readable
   * until the next is drawn.
   *
   * @throws {AuraError} video_invalid.
   */
  draw(frameIndex: number, options?: { readonly whole?: boolean }): Promise<Drawn>;
  /** The frame drawn last as a JPEG, at most this wide, in pixels. */
  jpeg(maximumWidth: number): Uint8Array;
}

/**
 * @param options.files local files of pictures and clips, by source.
 * @throws {AuraError} picture_invalid.
 */
export async function openDrawingStage(options: {
  readonly timeline: Timeline;
  readonly files: Readonly<Record<string, string>>;
  readonly startFrame: number;
  readonly frameCount: number;
}): Promise<DrawingStage> {
  const { timeline } = options;
  const scenes = visibleScenes(options);
  const typefaceFor = openStageFonts(timeline, options.files);
  typefaceFor(scenes.flatMap(sceneTexts).join('\n'));
  const pictures = await loadPictures(scenes, { ...options, typefaceFor });
  const clips = createClipPictures({ timeline, scenes, files: options.files, pictures });
  const canvas = openStageCanvas(timeline);
  return {
    async draw(frameIndex, { whole = false } = {}) {
      await clips.bringTo(frameIndex);
      return canvas.draw({ timeline, frameIndex, pictures }, { whole });
    },
    jpeg: canvas.jpeg,
    [Symbol.asyncDispose]: () => clips[Symbol.asyncDispose](),
  };
}

/** The scenes that can be seen in the frames, with the one that is left in a transition. */
function visibleScenes(options: Parameters<typeof openDrawingStage>[0]): TimelineScene[] {
  const { timeline, startFrame, frameCount } = options;
  return timeline.scenes.filter((scene, index) => {
    const next = timeline.scenes[index + 1];
    const endFrame = scene.startFrame + scene.frameCount + (next?.transition.frameCount ?? 0);
    return scene.startFrame < startFrame + frameCount && endFrame > startFrame;
  });
}

async function loadPictures(
  scenes: readonly TimelineScene[],
  {
    timeline,
    files,
    typefaceFor,
  }: Parameters<typeof openDrawingStage>[0] & { readonly typefaceFor: (text: string) => string },
): Promise<Map<string, Image | Canvas>> {
  const loaded = new Map<string, Image | Canvas>();
  // An SVG is drawn as large as a picture is ever shown: never blurred, and never larger than it helps.
  const drawing = {
    minimumWidth: timeline.width * largestZoom,
    minimumHeight: timeline.height * largestZoom,
    typefaceFor,
  };
  const shown = scenes.flatMap(({ picture, pictures }) => [picture, ...pictures]);
  for (const source of [...shown.map((picture) => picture?.source), timeline.brand?.logo?.source]) {
    const file = source === undefined ? undefined : files[source];
    if (source === undefined || file === undefined || loaded.has(source)) continue;
    const picture = await decodePicture(await readFile(file), source, drawing);
    const prepared = preparePicture(picture, timeline);
    const kept = opaqueIfPossible(prepared);
    loaded.set(source, kept);
    if (kept !== prepared && prepared instanceof Canvas) free(prepared);
  }
  return loaded;
}

/** Gives the pixels back now: the collector does not see how large they are. */
function free(canvas: Canvas): void {
  canvas.width = 0;
}
