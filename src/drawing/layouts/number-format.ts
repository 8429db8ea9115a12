/** Writes a chart's numbers as its language does, all with the same decimals, the unit behind. */
export function numberFormat(
  values: readonly number[],
  { language, unit }: { readonly language: string; readonly unit: string },
): (value: number) => string {
  const largest = Math.max(0, ...values.map(Math.abs));
  const compact = largest >= 100_000;
  const decimals = compact ? 1 : Math.min(largest >= 100 ? 1 : 3, Math.max(0, ...values.map(decimalsOf)));
  const format = new Intl.NumberFormat(language, {
    notation: compact ? 'compact' : 'standard',
    minimumFractionDigits: compact ? 0 : decimals,
    maximumFractionDigits: decimals,
  });
  const behind = unitBehind(unit.trim(), language);
  return (value) => `${format.format(Object.is(value, -0) ? 0 : value)}${behind}`;
}

/** Writes shares of a whole, 0 to 1, as the language does; a share that is there is never written as none. */
export function percentFormat(language: string): (share: number) => string {
  const of = (decimals: number) =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: decimals });
  const [whole, fine] = [of(0), of(1)];
  return (share) => (share > 0 && share < 0.01 ? fine : whole).format(share);
}

function decimalsOf(value: number): number {
  const text = String(value);
  return text.includes('e') ? 0 : (text.split('.')[1]?.length ?? 0);
}

/** A per cent sign stands as the language has it; degrees stand close; what is a word or a currency stands apart. */
function unitBehind(unit: string, language: string): string {
  if (unit === '') return '';
  if (unit.startsWith('%')) return percentGap(language) + unit;
  return /^[°′″'"]/u.test(unit) && !/^°[CF]/u.test(unit) ? unit : `\u00a0${unit}`;
}

function percentGap(language: string): string {
  const parts = new Intl.NumberFormat(language, { style: 'percent' }).formatToParts(0.5);
  const literal = parts.find(({ type }) => type === 'literal')?.value ?? '';
  return /\s/u.test(literal) ? '\u00a0' : '';
}
