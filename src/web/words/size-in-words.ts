/** "812 B", "4.2 kB", "18 MB": a file's size, in decimal units. */
export function sizeInWords(sizeBytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3));
  const value = sizeBytes / 1000 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

const units = ['B', 'kB', 'MB', 'GB'] as const;
