import './theme-choice.css';
import { Radio } from '@mantine/core';
import { type ThemeName, themeNames } from '../../protocol/index.ts';

interface ThemeChoiceProps {
  readonly value: ThemeName;
  onChange(value: ThemeName): void;
}

const labels = { midnight: 'Midnight', daylight: 'Daylight' } as const satisfies Record<ThemeName, string>;

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

/** A still of a scene in small: heading, points, caption with its highlighted word. */
function Swatch({ theme }: { theme: ThemeName }) {
  return (
    <span className="theme-swatch" data-theme={theme} aria-hidden="true">
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
