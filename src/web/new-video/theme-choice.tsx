import './theme-choice.css';
import { Radio } from '@mantine/core';
import type { CSSProperties } from 'react';
import { themes } from '../../drawing/themes/index.ts';
import { type ThemeName, themeNames } from '../../protocol/index.ts';

interface ThemeChoiceProps {
  readonly value: ThemeName;
  onChange(value: ThemeName): void;
}

const labels = {
  midnight: 'Midnight',
  daylight: 'Daylight',
  paper: 'Paper',
  mono: 'Mono',
  neon: 'Neon',
  forest: 'Forest',
  sunset: 'Sunset',
} as const satisfies Record<ThemeName, string>;

export function ThemeChoice({ value, onChange }: ThemeChoiceProps) {
  const choose = (chosen: string) => {
    const theme = themeNames.find((name) => name === chosen);
    if (theme !== undefined) onChange(theme);
  };
  return (
    <Radio.Group label="Theme" value={value} onChange={choose}>
      <div className="theme-choice">
        {themeNames.map((name) => (
          <Radio.Card key={name} value={name} className="choice-card theme-card" aria-label={labels[name]}>
            <Swatch theme={name} />
            <span className="choice-name">{labels[name]}</span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

/** A scene in small, in the theme's own colours: heading, points, caption with its highlighted word. */
function Swatch({ theme }: { theme: ThemeName }) {
  return (
    <span className="theme-swatch" style={colorsOf(theme)} aria-hidden="true">
      <span className="theme-swatch-heading" />
      <span className="theme-swatch-line" />
      <span className="theme-swatch-line theme-swatch-short" />
      <span className="theme-swatch-caption">
        <i />
        <b />
        <i />
      </span>
    </span>
  );
}

function colorsOf(name: ThemeName): CSSProperties & Record<`--swatch-${string}`, string> {
  const { background, onBackground, caption } = themes[name];
  const glows = background.art
    .filter((art) => art.kind === 'glow')
    .map(
      ({ color, opacity, x, y, radius }) =>
        `radial-gradient(circle at ${x * 100}% ${y * 100}%, ${withOpacity(color, opacity)}, transparent ${radius * 100}%)`,
    );
  const base = `linear-gradient(${background.angleDegrees + 90}deg, ${background.colors.join(', ')})`;
  return {
    background: [...glows, base].join(', '),
    '--swatch-heading': onBackground.heading,
    '--swatch-point': onBackground.point,
    '--swatch-caption': caption.box,
    '--swatch-text': caption.text,
    '--swatch-spoken': caption.spokenBox,
  };
}

function withOpacity(color: string, opacity: number): string {
  return `color-mix(in srgb, ${color} ${opacity * 100}%, transparent)`;
}
