import { captionStyles, layoutNames } from '../../src/protocol/index.ts';
import { type TransitionKind, transitionKinds } from '../../src/protocol/visuals.ts';
import { type GoldenCase, sizes } from './golden-case.ts';
import { pictureCases } from './picture-cases.ts';
import { layoutScenes, picture } from './scenes.ts';
import { themeCases } from './theme-cases.ts';

/** Every layout in every shape, every theme, transition and caption style, and the scripts of the world. */
export function goldenCases(): GoldenCase[] {
  return [
    ...[...layouts(), ...themeCases(), ...transitions(), ...captions(), ...scripts(), ...others()],
    ...pictureCases(),
  ];
}

function layouts(): GoldenCase[] {
  const shapes = ['wide', 'tall', 'square'] as const;
  const all = shapes.flatMap((shape) => layoutNames.map((layout) => ({ layout, shape })));
  const portrait = inPortrait.map((layout) => ({ layout, shape: 'portrait' as const }));
  return [...all, ...portrait].map(({ layout, shape }) => ({
    name: `layout-${layout}-${shape}`,
    scenes: [layoutScenes[layout]],
    settings: { video: sizes[shape] },
    at: 0.72,
  }));
}

/** In 4:5 they follow from the others; these show that they do. */
const inPortrait = ['title', 'content', 'picture-left', 'code', 'chart'] as const;

function transitions(): GoldenCase[] {
  return transitionKinds.map((kind) => ({
    name: `transition-${kind}`,
    scenes: [
      {
        ...layoutScenes.picture,
        // A thing that one knows shows best that it comes nearer.
        ...(kind === 'zoom' ? { picture: picture('lamp') } : {}),
        ...{ id: 'before', narration: [] },
      },
      {
        ...layoutScenes['lower-third'],
        layout: 'content',
        points: [],
        picture: picture('sea'),
        narration: [],
        transition: { kind, durationSeconds: 1 },
      },
    ],
    settings: { video: sizes.wide },
    at: transitionAt[kind] ?? 0.16,
  }));
}

/** In the middle, but a dip is one plain colour there. */
const transitionAt: Partial<Record<TransitionKind, number>> = { dip: 0.08 };

function captions(): GoldenCase[] {
  const scene = {
    ...layoutScenes.picture,
    narration: [{ text: 'The water is so still that the sky lies in it.' }],
  };
  const styles = captionStyles.map((style) => ({ name: `caption-${style}`, captions: { style } }));
  const places = (['top', 'middle'] as const).map((position) => ({
    name: `caption-at-${position}`,
    captions: { position },
  }));
  const large = { name: 'caption-large', captions: { size: 'large' as const } };
  return [...styles, ...places, large].map((one) => ({
    name: one.name,
    scenes: [scene],
    settings: { video: sizes.wide, captions: one.captions },
    at: 0.4,
  }));
}

const texts = {
  ar: ['خبز بسيط', 'نخلط الدقيق والماء ونتركه حتى يرتاح.'],
  he: ['לחם פשוט', 'מערבבים קמח ומים ונותנים לבצק לנוח.'],
  hi: ['सादी रोटी', 'आटे में पानी मिलाकर थोड़ी देर रख दें।'],
  th: ['ขนมปังง่าย ๆ', 'ผสมแป้งกับน้ำแล้วพักไว้สักครู่'],
  ja: ['朝の紙', '光が紙を通って、部屋に入ってきます。'],
  zh: ['早晨的纸', '光穿过纸，照进房间里。'],
  ko: ['아침의 종이', '빛이 종이를 지나 방으로 들어옵니다.'],
  en: ['Emoji 👩‍👩‍👧‍👦 🏳️‍🌈 👋🏽', 'Families 👩‍👩‍👧‍👦, flags 🇯🇵 and waves 👋🏽 are one picture each.'],
} as const;

function scripts(): GoldenCase[] {
  return Object.entries(texts).map(([language, [heading, text]]) => ({
    name: `script-${language}`,
    scenes: [{ id: 'shown', heading, narration: [{ text }], points: [], transition: { kind: 'cut' } }],
    settings: { language, video: sizes.wide },
    at: 0.5,
  }));
}

function others(): GoldenCase[] {
  const wide = { video: sizes.wide };
  const series = [{ name: 'Repaired', values: [80, 190, 370, 520] }];
  const data = { labels: ['2022', '2023', '2024', '2025'], series };
  return [
    ...(['line', 'pie'] as const).map((kind) => ({
      name: `chart-${kind}`,
      scenes: [{ ...layoutScenes.chart, chart: { kind, ...data } }],
      settings: wide,
      at: 0.8,
    })),
    ...(['contain', 'blur'] as const).map((fit) => ({
      name: `fit-${fit}`,
      scenes: [{ ...layoutScenes.picture, picture: { ...picture('sea'), fit } }],
      settings: wide,
      at: 0.5,
    })),
    {
      name: 'brand',
      scenes: [layoutScenes.content],
      settings: {
        ...wide,
        brand: {
          colors: { background: ['#123c36', '#0b2420'], text: '#f3efe2', accent: '#f2b632' },
          fonts: { heading: 'heading', body: 'body' },
          logo: { source: 'logo' },
        },
      },
      at: 0.72,
    },
    {
      name: 'clip',
      scenes: [{ ...layoutScenes['picture-left'], picture: undefined, clip: { source: 'waves' } }],
      settings: wide,
      at: 0.5,
    },
    {
      name: 'right-to-left',
      scenes: [
        {
          ...layoutScenes['picture-left'],
          heading: 'الدرب العلوي',
          points: ['ساعتان إلى الممر', 'الماء عند الكوخ فقط', 'مفتوح حتى أكتوبر'],
          narration: [{ text: 'يبدأ الدرب عند الكوخ ويصعد ساعتين.' }],
        },
      ],
      settings: { ...wide, language: 'ar' },
      at: 0.72,
    },
    ...textMotionsShown.map(([textMotion, at]) => ({
      name: `text-${textMotion}`,
      scenes: [
        { ...layoutScenes.picture, id: 'before', narration: [], durationSeconds: 1 },
        { ...layoutScenes.title, transition: { kind: 'fade' as const }, textMotion },
      ],
      settings: wide,
      at,
    })),
  ];
}

/** Each while it can be seen what it does. */
const textMotionsShown = [
  ['typewriter', 0.15],
  ['stagger', 0.15],
  ['rise', 0.09],
  ['fade', 0.09],
] as const;
