import type { CompositionInput } from '../../src/protocol/index.ts';

const spoken = [{ text: 'We look at it for a while.' }];

const picture = (source: string) => ({
  source,
  alt: 'A picture',
  motion: 'zoom-in' as const,
  fit: 'contain' as const,
  focus: { x: 0.3, y: 0.4 },
});

/** A composition in which every field there is has a value. */
export const completeComposition = {
  version: 1,
  title: 'Everything',
  language: 'en',
  video: { width: 640, height: 360, fps: 30 },
  theme: 'paper',
  brand: {
    colors: { background: ['#102030', '#203040'], text: '#f0f0f0', accent: '#f0a020' },
    fonts: { heading: 'heading.woff2', body: 'body.woff2' },
    logo: { source: 'logo.svg', position: 'top-left', height: 0.1, opacity: 0.5 },
  },
  voice: { provider: 'espeak', name: 'en-gb', rate: 1.1 },
  captions: { style: 'plain', position: 'top', size: 'small' },
  music: {
    ...{
      source: 'music.mp3',
      gainDb: -10,
      duckingDb: -8,
      duckingAttackSeconds: 0.2,
      duckingReleaseSeconds: 1,
    },
    ...{ loop: false, startSeconds: 3, fadeInSeconds: 1, fadeOutSeconds: 2 },
  },
  loudness: { lufs: -16, truePeakDbtp: -2 },
  scenes: [
    {
      id: 'points',
      heading: 'Points',
      points: ['One', 'Two'],
      narration: [{ text: 'The first of them.' }, { text: 'And the second.', point: 1 }],
      picture: picture('lake.jpg'),
      background: { kind: 'gradient', colors: ['#111111', '#222222'], angleDegrees: 90 },
      textMotion: 'stagger',
      durationSeconds: 12,
    },
    {
      id: 'film',
      layout: 'picture',
      clip: {
        ...{ source: 'clip.mp4', alt: 'A film', startSeconds: 1, endSeconds: 4, speed: 1.5, loop: true },
        ...{ fit: 'blur', focus: { x: 0.2, y: 0.9 }, gainDb: -3, muted: false },
      },
      narration: spoken,
      background: { kind: 'color', color: '#333333' },
      transition: { kind: 'wipe', durationSeconds: 0.7, direction: 'up', color: '#444444' },
    },
    { id: 'pair', layout: 'split', pictures: [picture('sea.jpg'), picture('city.jpg')], narration: spoken },
    {
      id: 'voice',
      heading: 'Voice',
      narration: spoken,
      voiceOver: { source: 'voice.wav', timing: 'voice.vtt', gainDb: 2 },
    },
    { id: 'quote', layout: 'quote', quote: { text: 'A good tool.', source: 'Ines' }, narration: spoken },
    {
      id: 'code',
      layout: 'code',
      code: { language: 'ts', text: 'const a = 1;\nconst b = 2;' },
      narration: [{ text: 'The second line.', lines: { from: 2, to: 2 } }],
    },
    {
      id: 'table',
      layout: 'table',
      table: { columns: [{ heading: 'Lamp', align: 'end' }], rows: [['Vesper'], ['Mini']] },
      narration: spoken,
    },
    {
      id: 'chart',
      layout: 'chart',
      chart: {
        kind: 'bar',
        labels: ['2024', '2025'],
        series: [{ name: 'Sold', values: [4, 5] }],
        unit: 'km',
      },
      narration: spoken,
    },
  ],
} as const satisfies CompositionInput;
