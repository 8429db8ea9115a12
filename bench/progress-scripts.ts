/** The second half of the script says something more in every paragraph: half of what is stored serves again. */
export function changedInPart(script: string): string {
  const lines = script.split('\n');
  const headings = lines.flatMap((line, index) => (/^#+ /.test(line) ? [index] : []));
  const from = headings[Math.floor(headings.length / 2)] ?? 0;
  return lines
    .map((line, index) => (index > from && isSpoken(line) ? `${line} And so on.` : line))
    .join('\n');
}

/** The last line of a paragraph of plain text. */
function isSpoken(line: string): boolean {
  return /^\p{L}.*[.!?]$/u.test(line);
}

/** A script that takes this long to speak. */
export function longScript(minutes: number): string {
  const scenes = Array.from({ length: Math.ceil(minutes * scenesPerMinute) }, (_, index) => scene(index + 1));
  return scenes.join('\n\n');
}

const scenesPerMinute = 5;

/** About twelve seconds each, and all different, so that nothing is stored twice. */
function scene(number: number): string {
  const points = number % 3 === 0 ? `\n- Point one of ${number}\n- Point two of ${number}\n` : '';
  return `# Part ${number}

This is part ${number} of a long talk. It says what there is to say about the number ${number}, in a few plain sentences.
${points}
When that is said, the talk goes on to part ${number + 1}, which is much the same.`;
}
