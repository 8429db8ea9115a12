import type { Theme } from './theme.ts';

/** Night blue with a far light, white type, amber accents. */
export const midnight: Theme = {
  name: 'midnight',
  background: {
    colors: ['#0a0e24', '#10163a', '#0b0f28'],
    angleDegrees: 115,
    glows: [
      { color: '#4c5bff', opacity: 0.34, x: 0.92, y: 0.04, radius: 0.62 },
      { color: '#7a3cff', opacity: 0.2, x: 0.6, y: 1.12, radius: 0.55 },
      { color: '#0fb5d6', opacity: 0.12, x: -0.05, y: 0.85, radius: 0.5 },
    ],
    rings: { color: '#8f9bff', opacity: 0.11, x: 0.97, y: 0.1, radii: [0.19, 0.28, 0.385, 0.505] },
  },
  onBackground: { heading: '#ffffff', point: '#dfe4ff', accent: '#ffc24b' },
  onOpposite: { heading: '#0c1130', point: '#1d2347', accent: '#a3520a' },
  onPicture: {
    heading: '#ffffff',
    point: '#f4f6ff',
    accent: '#ffc24b',
    shade: '#060919',
    scrimOpacity: { heading: 0.34, points: 0.46 },
  },
  type: {
    titleSize: 126,
    headingSize: 80,
    statementSize: 106,
    pointSize: 52,
    headingWeight: 800,
    pointWeight: 600,
    headingSpacing: -0.022,
  },
  caption: {
    weight: 700,
    text: '#ffffff',
    box: '#080b1c',
    boxOpacity: 0.8,
    spokenText: '#1a1204',
    spokenBox: '#ffc24b',
  },
};
