import { existsSync, globSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { processDisplay } from '../src/cli/environment.ts';
import { listenForInterrupts } from '../src/cli/interrupts.ts';
import { durationText, sizeText } from '../src/cli/quantities.ts';
import { renderFile } from '../src/cli/render-file.ts';
import { runCommand } from '../src/cli/run-command.ts';
import { probeAudio } from '../src/media/index.ts';

/** `npm run demo`: makes a real video of an example, the way `aura render` does. */

const root = resolve(import.meta.dirname, '..');
const script = exampleScript();
const name = basename(dirname(script));
const output = join(root, 'out', `${name}.mp4`);

await runCommand(
  async (config) => {
    mkdirSync(dirname(output), { recursive: true });
    const display = processDisplay();
    using interrupts = listenForInterrupts({
      onFirst: () => display.say('Cancelling; press Ctrl-C again to leave at once.'),
      outcome: 'Cancelled; nothing was written.',
    });
    display.say(`Making a video of ${relative(root, script)}`);
    const began = performance.now();
    const [video] = await renderFile({
      file: script,
      output,
      settings: {},
      withSubtitles: true,
      serverUrl: undefined,
      config,
      display,
      signal: interrupts.signal,
    });
    const tookSeconds = (performance.now() - began) / 1000;
    // The sound is as long as the picture; the export has checked that.
    const { durationSeconds } = await probeAudio(output);
    const facts = [
      `${durationText(durationSeconds)} long`,
      sizeText(video?.sizeBytes ?? 0),
      `made in ${durationText(tookSeconds)}`,
    ];
    console.log(`\n${relative(process.cwd(), output)}: ${facts.join(', ')}.`);
    console.log('Its subtitles are beside it. `npm start` opens the studio.');
  },
  { file: script },
);

function exampleScript(): string {
  const chosen = join(root, 'examples/announcement/script.md');
  if (existsSync(chosen)) return chosen;
  const [first] = globSync('examples/*/script.md', { cwd: root }).sort();
  return join(root, first ?? 'examples/announcement/script.md');
}
