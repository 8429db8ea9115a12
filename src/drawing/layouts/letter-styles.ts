import type { TextStyle } from '../text-style.ts';
import type { SceneRequest } from './scene-part.ts';

type From = Pick<SceneRequest, 'theme' | 'faces'>;

/** How headings, big numbers and quotations are set. @param size In pixels. */
export function headingStyle({ theme, faces }: From, size: number): TextStyle {
  const { headingWeight, headingSpacing } = theme.type;
  return { face: faces.heading, weight: headingWeight, size, spacing: headingSpacing * size };
}

/** How everything else is set. @param size In pixels. */
export function bodyStyle({ theme, faces }: From, size: number): TextStyle {
  return { face: faces.body, weight: theme.type.pointWeight, size, spacing: 0 };
}

/** How source code is set: every letter as wide as the others. @param size In pixels. */
export function codeStyle({ faces }: From, size: number): TextStyle {
  return { face: faces.mono, weight: 500, size, spacing: 0 };
}
