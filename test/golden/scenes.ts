import type { LayoutName } from '../../src/protocol/index.ts';
import type { SceneInput } from '../timeline/evenly-spoken.ts';

/** The pictures of the examples that golden frames use. */
export const pictureFiles = {
  lake: 'examples/announcement/aurora-lake.jpg',
  mountains: 'examples/announcement/dusk-mountains.jpg',
  lamp: 'examples/announcement/desk-lamp.jpg',
  city: 'examples/announcement/night-city.jpg',
  sea: 'examples/short/sun-on-sea.jpg',
  paper: 'examples/japanese/paper-morning.jpg',
  logo: 'examples/brand/logo.svg',
} as const;
type PictureName = keyof typeof pictureFiles;

export const picture = (source: PictureName) => ({ source, alt: '' });

const spoken = (text: string, rest: Partial<SceneInput> = {}): SceneInput => ({
  id: 'shown',
  transition: { kind: 'cut' },
  narration: [{ text }],
  ...rest,
});

/** A scene of each layout, as somebody would really write it. */
export const layoutScenes = {
  title: spoken('Most of us end the day by asking a phone about tomorrow.', {
    layout: 'title',
    heading: 'A lamp that knows tomorrow',
    picture: picture('lamp'),
  }),
  content: spoken('It comes with a woven cable and five screws.', {
    heading: 'What is in the box',
    points: [
      'The lamp, made of cork and glass',
      'A cable of woven cotton',
      'Five screws, so you can repair it',
    ],
    narration: [0, 1, 2].map((point) => ({
      text: ['The lamp.', 'A cable.', 'Five screws.'][point] ?? '',
      point,
    })),
  }),
  picture: spoken('The water is so still that the sky lies in it.', {
    layout: 'picture',
    picture: picture('lake'),
  }),
  'picture-left': spoken('The trail begins at the hut and climbs for two hours.', {
    layout: 'picture-left',
    heading: 'The upper trail',
    points: ['Two hours to the pass', 'Water at the hut only', 'Clear until October'],
    picture: picture('mountains'),
  }),
  'picture-right': spoken('Cork holds the warmth of the hand that turns it.', {
    layout: 'picture-right',
    heading: 'Made to be touched',
    points: ['Cork from Alentejo', 'Mouth-blown glass'],
    picture: picture('lamp'),
  }),
  split: spoken('Same place, six hours apart.', {
    layout: 'split',
    heading: 'Day and night',
    points: ['18:40', '00:40'],
    pictures: [picture('sea'), picture('city')],
  }),
  grid: spoken('Four places worth the detour.', {
    layout: 'grid',
    heading: 'Where we went',
    points: ['The lake', 'The pass', 'The old town', 'The coast'],
    pictures: [picture('lake'), picture('mountains'), picture('city'), picture('sea')],
  }),
  quote: spoken('A good tool disappears in the hand.', {
    layout: 'quote',
    quote: { text: 'A good tool disappears in the hand.', source: 'Ines Duarte, lamp maker' },
  }),
  number: spoken('Nearly half of all lamps come back for repair, and leave again.', {
    layout: 'number',
    heading: '47 %',
    points: ['of our lamps were repaired at least once'],
  }),
  code: spoken('The second line asks for tomorrow.', {
    layout: 'code',
    heading: 'Asking for tomorrow',
    code: {
      language: 'ts',
      text: "const lamp = await Lamp.find('desk');\nconst sky = await forecast(lamp.place, { days: 1 });\n\nlamp.glow(sky.rain > 0.5 ? 'blue' : 'amber');",
    },
    narration: [{ text: 'The second line asks for tomorrow.', lines: { from: 2, to: 2 } }],
  }),
  table: spoken('The small one is lighter, the large one lasts longer.', {
    layout: 'table',
    heading: 'Which one?',
    table: {
      columns: [
        { heading: 'Lamp' },
        { heading: 'Weight', align: 'end' },
        { heading: 'Battery', align: 'end' },
      ],
      rows: [
        ['Vesper Mini', '310 g', '9 h'],
        ['Vesper', '540 g', '18 h'],
        ['Vesper Studio', '1.2 kg', '30 h'],
      ],
    },
  }),
  chart: spoken('Repairs have overtaken new sales.', {
    layout: 'chart',
    heading: 'Sold and repaired',
    chart: {
      kind: 'bar',
      labels: ['2022', '2023', '2024', '2025'],
      series: [
        { name: 'Sold', values: [420, 510, 480, 460] },
        { name: 'Repaired', values: [80, 190, 370, 520] },
      ],
    },
  }),
  'lower-third': spoken('We wanted a lamp you never throw away.', {
    layout: 'lower-third',
    heading: 'Ines Duarte',
    points: ['Lamp maker, Lisbon'],
    picture: picture('paper'),
  }),
  end: spoken('See you tomorrow.', {
    layout: 'end',
    heading: 'See you tomorrow',
    points: ['vesper.example', '@vesper'],
  }),
} as const satisfies Record<LayoutName, SceneInput>;
