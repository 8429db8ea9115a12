import { relative } from 'node:path';
import type { Config } from '../config.ts';
import { processDisplay } from './environment.ts';
import { listenForInterrupts } from './interrupts.ts';
import { outputOf } from './output-options.ts';
import type { RenderFlags } from './program.ts';
import { durationText, sizeText } from './quantities.ts';
import { type RenderedFile, renderFile } from './render-file.ts';

interface RenderCommand extends RenderFlags {
  readonly file: string;
  readonly config: Config;
}

/** `aura render`: makes the video and says where it is. */
export async function render(command: RenderCommand): Promise<void> {
  const display = processDisplay();
  using interrupts = listenForInterrupts({
    onFirst: () => display.say('Cancelling; press Ctrl-C again to leave at once.'),
    outcome: 'Cancelled; nothing was written.',
  });
  const began = performance.now();
  const files = await renderFile({
    file: command.file,
    output: command.output,
    settings: outputOf(command),
    withSubtitles: command.subtitles ?? false,
    serverUrl: command.server,
    config: command.config,
    display,
    signal: interrupts.signal,
  });
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(`${files.map(fileLine).join('\n')}\nMade in ${durationText(seconds)}.\n`);
}

function fileLine({ path, sizeBytes }: RenderedFile): string {
  const near = relative(process.cwd(), path);
  return `${near.startsWith('..') ? path : near}  ${sizeText(sizeBytes)}`;
}
