import { createCanvas } from '@napi-rs/canvas';
import { css, type Easel, mix, type Rgb, rgb, seededRandom } from './canvas.ts';
import { createNoise, fractal } from './noise.ts';

interface Paper {
  readonly sky: readonly [Rgb, Rgb];
  /** From the farthest to the nearest. */
  readonly hills: readonly Rgb[];
  readonly disc: Rgb;
  /** Of the sun or moon, as shares of width and height. */
  readonly discAt: { readonly x: number; readonly y: number };
  readonly cloud: Rgb;
  readonly stars: number;
  readonly lights: boolean;
}

/** Hills cut from paper in the morning. */
export function paintPaperMorning(easel: Easel): void {
  paintPaper(easel, {
    sky: [rgb('#ffe9c9'), rgb('#ffc9a3')],
    hills: ['#f7b892', '#ee9478', '#a9b48c', '#6fa089', '#3b7f78', '#17484f'].map(rgb),
    disc: rgb('#ff6b57'),
    discAt: { x: 0.66, y: 0.36 },
    cloud: rgb('#fff7ea'),
    stars: 0,
    lights: false,
  });
}

/** The same hills at night, windows lit. */
export function paintPaperNight(easel: Easel): void {
  paintPaper(easel, {
    sky: [rgb('#141a46'), rgb('#37407f')],
    hills: ['#5560a8', '#434c92', '#333b7c', '#262d66', '#1a204e', '#0c1033'].map(rgb),
    disc: rgb('#ffe9b0'),
    discAt: { x: 0.3, y: 0.26 },
    cloud: rgb('#5963a8'),
    stars: 70,
    lights: true,
  });
}

function paintPaper(easel: Easel, paper: Paper): void {
  const { context, width, height } = easel;
  const gradient = context.createLinearGradient(0, 0, 0, height);
  gradient.addColorStop(0, css(paper.sky[0]));
  gradient.addColorStop(1, css(paper.sky[1]));
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  paintPaperStars(easel, paper);
  paintDisc(easel, paper);
  for (const [layer, color] of paper.hills.entries()) {
    if (layer === 1 || layer === 2) paintCloud(easel, paper, layer);
    paintHill(easel, { paper, layer, color });
  }
  paintFibres(easel);
}

function cut({ context, height }: Easel, color: Rgb, draw: () => void): void {
  context.save();
  context.shadowColor = 'rgba(10, 8, 30, 0.38)';
  context.shadowBlur = height * 0.028;
  context.shadowOffsetY = -height * 0.004;
  context.fillStyle = css(color);
  context.beginPath();
  draw();
  context.fill();
  context.restore();
}

function paintDisc(easel: Easel, { disc, discAt, sky }: Paper): void {
  const { context, width, height } = easel;
  for (const [ring, size] of [0.3, 0.235, 0.17].entries()) {
    const color = ring === 2 ? disc : mix(sky[1], disc, 0.14 + 0.14 * ring);
    cut(easel, color, () => {
      context.arc(discAt.x * width, discAt.y * height, size * height * 0.8, 0, Math.PI * 2);
    });
  }
}

function paintPaperStars(easel: Easel, { stars, disc }: Paper): void {
  const { context, width, height, random } = easel;
  for (let star = 0; star < stars; star += 1) {
    const x = random() * width;
    const y = random() * height * 0.5;
    const size = height * (0.003 + 0.007 * random() ** 2);
    context.fillStyle = css(disc, 0.55 + 0.45 * random());
    context.beginPath();
    for (let corner = 0; corner < 8; corner += 1) {
      const reach = corner % 2 === 0 ? size : size * 0.34;
      const angle = (corner / 8) * Math.PI * 2;
      context.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
    }
    context.fill();
  }
}

function paintCloud(easel: Easel, { cloud }: Paper, layer: number): void {
  const { context, width, height } = easel;
  const x = width * (layer === 1 ? 0.24 : 0.8);
  const y = height * (layer === 1 ? 0.34 : 0.5);
  const unit = height * 0.05;
  cut(easel, cloud, () => {
    context.arc(x - unit * 2.2, y, unit * 0.8, Math.PI / 2, -Math.PI / 2);
    context.arc(x - unit * 0.9, y - unit * 0.8, unit * 1.15, Math.PI, -Math.PI * 0.25);
    context.arc(x + unit * 0.9, y - unit * 0.45, unit, -Math.PI * 0.75, 0);
    context.arc(x + unit * 2.3, y + unit * 0.1, unit * 0.7, -Math.PI / 2, Math.PI / 2);
    context.closePath();
  });
}

function paintHill(easel: Easel, { paper, layer, color }: { paper: Paper; layer: number; color: Rgb }): void {
  const { context, width, height } = easel;
  const depth = layer / (paper.hills.length - 1);
  const noise = fractal(createNoise(300 + layer * 7), 2);
  const base = 0.48 + 0.46 * depth;
  const top = (x: number): number =>
    (base - (noise((x / width) * (2.1 + layer * 0.35) + layer * 9, layer) - 0.5) * 0.4) * height;
  if (layer >= 2)
    for (const foot of treeFeet(easel, layer)) paintTree(easel, { x: foot, foot: top(foot), depth, color });
  cut(easel, color, () => {
    context.moveTo(-20, height + 60);
    for (let x = -20; x <= width + 20; x += 4) context.lineTo(x, top(x));
    context.lineTo(width + 20, height + 60);
  });
  if (layer === 4) paintHouses(easel, paper, top, color);
}

function treeFeet({ width, random }: Easel, layer: number): number[] {
  const feet: number[] = [];
  for (let x = random() * 120; x < width; x += 40 + random() * (420 - layer * 30)) feet.push(x);
  return feet;
}

function paintTree(easel: Easel, tree: { x: number; foot: number; depth: number; color: Rgb }): void {
  const { context, height, random } = easel;
  const tall = height * (0.05 + 0.07 * tree.depth) * (0.7 + random() * 0.6);
  const isRound = random() < 0.45;
  const color = mix(tree.color, [0, 0, 0], 0.1);
  cut(easel, color, () => {
    context.rect(tree.x - tall * 0.03, tree.foot - tall * 0.3, tall * 0.06, tall * 0.4);
    if (isRound) {
      context.ellipse(tree.x, tree.foot - tall * 0.6, tall * 0.26, tall * 0.36, 0, 0, Math.PI * 2);
    } else {
      context.moveTo(tree.x, tree.foot - tall * 1.1);
      context.lineTo(tree.x + tall * 0.24, tree.foot - tall * 0.18);
      context.lineTo(tree.x - tall * 0.24, tree.foot - tall * 0.18);
    }
  });
}

function paintHouses(easel: Easel, paper: Paper, top: (x: number) => number, color: Rgb): void {
  const { context, width, height } = easel;
  const wall = paper.lights ? mix(color, [255, 255, 255], 0.12) : rgb('#fff1dc');
  const roof = paper.lights ? mix(color, [0, 0, 0], 0.25) : rgb('#c8503f');
  for (const [index, share] of [0.4, 0.448, 0.505].entries()) {
    const x = share * width;
    const wide = height * (0.06 + 0.014 * (index % 2));
    const foot = top(x) + height * 0.035;
    cut(easel, wall, () => context.rect(x - wide / 2, foot - wide, wide, wide * 1.1));
    cut(easel, roof, () => {
      context.moveTo(x - wide * 0.68, foot - wide * 0.98);
      context.lineTo(x, foot - wide * 1.6);
      context.lineTo(x + wide * 0.68, foot - wide * 0.98);
    });
    context.fillStyle = paper.lights ? '#ffd77a' : '#3b6b74';
    context.fillRect(x - wide * 0.28, foot - wide * 0.72, wide * 0.2, wide * 0.26);
    context.fillRect(x + wide * 0.08, foot - wide * 0.72, wide * 0.2, wide * 0.26);
  }
}

/** The tooth of the paper: soft light and dark flecks over everything. */
function paintFibres({ context, width, height }: Easel): void {
  const tile = createCanvas(256, 256);
  const tileContext = tile.getContext('2d');
  const image = tileContext.createImageData(256, 256);
  const random = seededRandom(99);
  const noise = fractal(createNoise(4), 4);
  for (let index = 0; index < 256 * 256; index += 1) {
    const value =
      128 + (noise((index % 256) / 5, Math.floor(index / 256) / 5) - 0.5) * 120 + (random() - 0.5) * 30;
    image.data.set([value, value, value, 255], index * 4);
  }
  tileContext.putImageData(image, 0, 0);
  context.save();
  context.globalCompositeOperation = 'soft-light';
  context.globalAlpha = 0.34;
  const tooth = context.createPattern(tile, 'repeat');
  if (tooth !== null) context.fillStyle = tooth;
  context.fillRect(0, 0, width, height);
  context.restore();
}
