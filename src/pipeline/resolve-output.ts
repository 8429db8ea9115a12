import { aspects, type Composition, deliveryPresets, type Output, type Video } from '../protocol/index.ts';
import type { ExportOutput } from './export-input.ts';

/** Decides every setting of one video: what the request says, else its preset, else the composition. */
export function resolveOutput(composition: Composition, output: Output = {}): ExportOutput {
  const preset = output.preset && deliveryPresets[output.preset];
  const container = output.container ?? (output.codec === undefined ? preset?.container : undefined) ?? 'mp4';
  const codec = output.codec ?? (container === 'webm' ? 'vp9' : (preset?.codec ?? 'h264'));
  return {
    name: output.name ?? null,
    preset: output.preset ?? null,
    video: videoOf(composition.video, output),
    encoding: {
      codec,
      container,
      quality: output.quality ?? preset?.quality ?? 'standard',
      speed: output.speed ?? 'fast',
      hardware: output.hardware ?? false,
    },
    loudness: preset?.loudness ?? composition.loudness,
  };
}

function videoOf(own: Video, output: Output): Video {
  const preset = output.preset && deliveryPresets[output.preset];
  const aspect = output.aspect && aspects[output.aspect];
  return {
    width: output.width ?? aspect?.width ?? preset?.width ?? own.width,
    height: output.height ?? aspect?.height ?? preset?.height ?? own.height,
    fps: output.fps ?? preset?.fps ?? own.fps,
  };
}
