import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  AuraError,
  aspectNames,
  codecs,
  containers,
  deliveryNames,
  encodingSpeeds,
  frameRates,
  type Output,
  outputSchema,
  qualities,
} from '../protocol/index.ts';

/** What commander gives for the options of a video. */
export interface OutputFlags {
  readonly preset?: string;
  readonly aspect?: string;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: string;
  readonly codec?: string;
  readonly container?: string;
  readonly quality?: string;
  readonly speed?: string;
  readonly hardware?: boolean;
}

/** Adds the options that say how the video is made, to whichever command makes or plans one. */
export function addOutputOptions(command: Command): Command {
  return command
    .addOption(new Option('--preset <site>', 'where the video goes').choices(deliveryNames))
    .addOption(
      new Option('--aspect <shape>', 'shape of the picture')
        .choices(aspectNames)
        .conflicts(['width', 'height']),
    )
    .option('--width <pixels>', 'width of the picture; even', wholeNumber)
    .option('--height <pixels>', 'height of the picture; even', wholeNumber)
    .addOption(new Option('--fps <rate>', 'frames per second').choices(frameRates.map(String)))
    .addOption(new Option('--codec <name>', 'how the picture is stored (h264)').choices(codecs))
    .addOption(new Option('--container <kind>', 'kind of file (as the output is named)').choices(containers))
    .addOption(
      new Option('--quality <level>', 'smaller files or finer pictures (standard)').choices(qualities),
    )
    .addOption(
      new Option('--speed <effort>', 'how long to look for a smaller file (fast)').choices(encodingSpeeds),
    )
    .option('--hardware', 'use the machine’s own encoder if it works');
}

function wholeNumber(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}

/** @throws {AuraError} dimensions_invalid. */
export function outputOf(flags: OutputFlags): Output {
  const { preset, aspect, width, height, codec, container, quality, speed, hardware } = flags;
  const given = { preset, aspect, width, height, codec, container, quality, speed, hardware };
  const fps = flags.fps === undefined ? {} : { fps: Number(flags.fps) };
  const known = Object.entries({ ...given, ...fps }).filter(([, value]) => value !== undefined);
  const parsed = outputSchema.safeParse(Object.fromEntries(known));
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map(
    ({ path, message }) => `${path.map((part) => `--${String(part)} `).join('')}${message}`,
  );
  throw new AuraError('dimensions_invalid', `${reasons.join('; ')}.`);
}
