import {
  checkArea,
  type DrawnArea,
  eachStrip,
  joined,
  noRows,
  placed,
  reservePlanes,
  type Strides,
} from './planes.ts';
import type { OverPlanes, YuvModule } from './yuv-module.ts';

/** What lies over a ground picture: it adds to it, and hides it. Where nothing was loaded, nothing does. */
export interface Over {
  readonly planes: OverPlanes;
  clear(): void;
  load(area: DrawnArea): void;
}

export function openOver(
  module: YuvModule,
  { strip, planes, height }: { readonly strip: number; readonly planes: Strides; readonly height: number },
): Over {
  const { lumaStride, chromaStride } = planes;
  const size = { width: lumaStride, height };
  const at: OverPlanes = {
    ...reservePlanes(module, size, planes),
    opacity: module.reserve(lumaStride * height),
    chromaOpacity: module.reserve((chromaStride * height) / 2),
  };
  let filled = noRows;
  return {
    planes: at,
    clear: () => {
      const { from, to } = filled;
      for (const plane of [at.luma, at.opacity]) {
        module.memory.fill(0, plane + from * lumaStride, plane + to * lumaStride);
      }
      for (const plane of [at.blue, at.red, at.chromaOpacity]) {
        module.memory.fill(0, plane + (from / 2) * chromaStride, plane + (to / 2) * chromaStride);
      }
      filled = noRows;
    },
    load: (area) => {
      checkArea(area);
      filled = joined(filled, { from: area.y, to: area.y + area.height });
      eachStrip(area, (rectangle, pixels, { x, y }) => {
        module.memory.set(pixels, strip);
        const [luma, chroma] = [y * lumaStride + x, (y / 2) * chromaStride + x / 2];
        module.convertOver(rectangle, strip, {
          ...placed(at, { x, y }),
          opacity: at.opacity + luma,
          chromaOpacity: at.chromaOpacity + chroma,
        });
      });
    },
  };
}
