import type { Theme } from './theme.ts';

/** Warm paper in morning light, ink type, vermilion accents. */
export const daylight: Theme = {
  name: 'daylight',
  background: {
    colors: ['#fdfaf5', '#f7f1e8', '#f3ece3'],
    angleDegrees: 115,
    glows: [
      { color: '#ffb48a', opacity: 0.42, x: 0.95, y: 0.02, radius: 0.6 },
      { color: '#9cc4ff', opacity: 0.3, x: 0.02, y: 1.05, radius: 0.6 },
    ],
    rings: { color: '#c96a3c', opacity: 0.13, x: 0.97, y: 0.1, radii: [0.19, 0.28, 0.385, 0.505] },
  },
  onBackground: { heading: '#171a2b', point: '#2e3248', accent: '#d2431c' },
  onOpposite: { heading: '#ffffff', point: '#f3ece3', accent: '#ff9b70' },
  onPicture: {
    heading: '#ffffff',
    point: '#ffffff',
    accent: '#ff9b70',
    shade: '#1c0d1c',
    scrimOpacity: { heading: 0.35, points: 0.46 },
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
    text: '#171a2b',
    box: '#ffffff',
    boxOpacity: 0.92,
    spokenText: '#ffffff',
    spokenBox: '#c93a16',
  },
};
