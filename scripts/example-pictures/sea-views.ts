import { type Easel, ramp, rgb } from './canvas.ts';
import { paintSea } from './sea.ts';

/** Flat water and a low golden sun. */
export function paintCalmSea(easel: Easel): void {
  paintSea(easel, {
    horizon: 0.6,
    light: { x: 0.62, y: 0.545, radius: 0.02 },
    lightColor: rgb('#ffd08a'),
    sky: ramp([
      [0, rgb('#3f6fa8')],
      [0.4, rgb('#8aa3bd')],
      [0.75, rgb('#e8b98c')],
      [1, rgb('#f6cf9c')],
    ]),
    deep: rgb('#1d4a63'),
    wind: 1,
    seed: 12,
    clouds: 0.8,
  });
}

/** The path of light towards whoever looks, upright. */
export function paintSunOnSea(easel: Easel): void {
  paintSea(easel, {
    horizon: 0.58,
    light: { x: 0.5, y: 0.545, radius: 0.03 },
    lightColor: rgb('#ffb070'),
    sky: ramp([
      [0, rgb('#2a3a78')],
      [0.45, rgb('#8d5a8c')],
      [0.8, rgb('#e8846c')],
      [1, rgb('#ffb27a')],
    ]),
    deep: rgb('#1c2c56'),
    wind: 1.3,
    seed: 40,
    clouds: 1,
  });
}

/** The same water under the moon, with more wind. */
export function paintMoonOnSea(easel: Easel): void {
  paintSea(easel, {
    horizon: 0.54,
    light: { x: 0.58, y: 0.44, radius: 0.022 },
    lightColor: rgb('#cfe0ff'),
    sky: ramp([
      [0, rgb('#050a1e')],
      [0.6, rgb('#11254a')],
      [1, rgb('#2c4d78')],
    ]),
    deep: rgb('#04101f'),
    wind: 2.2,
    seed: 51,
    clouds: 0.7,
  });
}

/** Looking down on the ripples themselves, the sun just above the picture. */
export function paintRipples(easel: Easel): void {
  paintSea(easel, {
    horizon: 0.1,
    light: { x: 0.46, y: -0.06, radius: 0.02 },
    lightColor: rgb('#ffc98c'),
    sky: ramp([
      [0, rgb('#c9788a')],
      [1, rgb('#ffbf8c')],
    ]),
    deep: rgb('#1a3a66'),
    wind: 2.6,
    seed: 66,
    clouds: 0.3,
  });
}
