import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Amber: the one accent, light on the dark page and deep enough to read on the light one. */
const amber: MantineColorsTuple = [
  '#fff6e8',
  '#fdeacb',
  '#fad49a',
  '#f6bd68',
  '#f0a24b',
  '#e38b2c',
  '#c9741b',
  '#a65b10',
  '#85480d',
  '#663709',
];

/** Midnight blues, from paper to ink. */
const dark: MantineColorsTuple = [
  '#dfe5f3',
  '#b4bfd8',
  '#8e9bb9',
  '#5d6a8a',
  '#38435f',
  '#252e46',
  '#171e32',
  '#0c1120',
  '#090d19',
  '#060912',
];

export const pageTheme = createTheme({
  colors: { amber, dark },
  primaryColor: 'amber',
  primaryShade: { light: 5, dark: 4 },
  fontFamily: "'Inter', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: "'Inter', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      // Ink on amber reads well in both schemes, white on amber in neither.
      vars: (_theme, { variant = 'filled' }) => ({
        root: variant === 'filled' ? { '--button-color': 'var(--ink-on-accent)' } : {},
      }),
    }),
  },
});

/** The page's own surfaces, beside Mantine's variables. */
export const pageVariables: CSSVariablesResolver = () => ({
  variables: { '--ink-on-accent': '#241503' },
  light: {
    '--mantine-color-body': '#f6f4ef',
    '--surface': '#ffffff',
    '--surface-sunken': '#efece4',
    '--line': '#e0dbcf',
    '--ink': '#1d2333',
    '--ink-soft': '#5b6274',
    '--accent-text': '#8f4d0c',
    '--focus': '#a65b10',
    '--mantine-color-dimmed': '#5b6274',
  },
  dark: {
    '--mantine-color-body': '#0c1120',
    '--surface': '#141a2c',
    '--surface-sunken': '#0a0e1a',
    '--line': '#252e46',
    '--ink': '#e6ebf7',
    '--ink-soft': '#98a4c0',
    '--accent-text': '#f6bd68',
    '--focus': '#f0a24b',
    '--mantine-color-dimmed': '#98a4c0',
  },
});
