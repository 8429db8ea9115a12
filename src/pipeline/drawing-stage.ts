import { readFile } from 'node:fs/promises';
import { type Canvas, createCanvas, type Image } from '@napi-rs/canvas';
import { drawFrame } from '../drawing/index.ts';
import { preparePicture } from '../media/prepare-picture.ts';
import { registerFonts } from '../media/register-fonts.ts';
import { decodePicture } from '../pictures/index.ts';
import type { Timeline, TimelineScene } from '../timeline/timeline.ts';
import { createClipPictures } from './clip-pictures.ts';
import { sceneTexts } from './scene-texts.ts';

/** A canvas with what some frames of a timeline need: fonts, decoded pictures and open clips. */
export interface DrawingStage extends AsyncDisposable {
  /**
   * Draws the frame and returns its pixels, RGBA, 8 bits: readable until the next frame is drawn.
   *
   * @throws {AuraError} video_invalid.
   */
  draw(frameIndex: number): Promise<Uint8Array>;
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
  registerFonts({ text: scenes.flatMap(sceneTexts).join('\n') });
  const pictures = await loadPictures(scenes, options);
  const clips = createClipPictures({ timeline, scenes, files: options.files, pictures });
  const canvas = createCanvas(timeline.width, timeline.height);
  const surface = { context: canvas.getContext('2d'), createLayer: createCanvas };
  let pixels: Buffer | undefined;
  return {
    async draw(frameIndex) {
      await clips.bringTo(frameIndex);
      if (pixels !== undefined) release(pixels);
      drawFrame(surface, { timeline, frameIndex, pictures });
      pixels = canvas.data();
      return pixels;
    },
    jpeg: (maximumWidth) => smallJpeg(canvas, maximumWidth),
    [Symbol.asyncDispose]: () => clips[Symbol.asyncDispose](),
  };
}

/** Each frame's pixels are 8 MB that the canvas hands over: given back at once, or memory grows faster than it is swept. */
function release({ buffer }: Buffer): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
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
  { timeline, files }: Parameters<typeof openDrawingStage>[0],
): Promise<Map<string, Image | Canvas>> {
  const loaded = new Map<string, Image | Canvas>();
  const shown = scenes.flatMap(({ picture, pictures }) => [picture, ...pictures]);
  for (const source of [...shown.map((picture) => picture?.source), timeline.brand?.logo?.source]) {
    const file = source === undefined ? undefined : files[source];
    if (source === undefined || file === undefined || loaded.has(source)) continue;
    loaded.set(source, preparePicture(await decodePicture(await readFile(file)), timeline));
  }
  return loaded;
}

const jpegQuality = 75;

function smallJpeg(canvas: Canvas, maximumWidth: number): Uint8Array {
  const scale = Math.min(1, maximumWidth / canvas.width);
  const small = createCanvas(Math.round(canvas.width * scale), Math.round(canvas.height * scale));
  small.getContext('2d').drawImage(canvas, 0, 0, small.width, small.height);
  return small.encodeSync('jpeg', jpegQuality);
}
