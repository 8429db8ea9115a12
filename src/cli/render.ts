import { relative } from 'node:path';
import type { Config } from '../config.ts';
import { AuraError, type Output, outputSchema } from '../protocol/index.ts';
import { processDisplay } from './environment.ts';
import { listenForInterrupts } from './interrupts.ts';
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

/** @throws {AuraError} dimensions_invalid. */
function outputOf({ aspect, width, height, fps }: RenderFlags): Output {
  const parsed = outputSchema.safeParse({
    ...(aspect !== undefined && { aspect }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(fps !== undefined && { fps: Number(fps) }),
  });
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map(
    ({ path, message }) => `${path.map((part) => `--${String(part)} `).join('')}${message}`,
  );
  throw new AuraError('dimensions_invalid', `${reasons.join('; ')}.`);
}

function fileLine({ path, sizeBytes }: RenderedFile): string {
  const near = relative(process.cwd(), path);
  return `${near.startsWith('..') ? path : near}  ${sizeText(sizeBytes)}`;
}
