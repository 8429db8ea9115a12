import type { Canvas } from '@napi-rs/canvas';

export function svgOf(content: string, attributes = 'width="20" height="20"'): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`;
}

/** A data URI. */
export function embedded(canvas: Canvas): string {
  return `data:image/png;base64,${canvas.toBuffer('image/png').toString('base64')}`;
}
