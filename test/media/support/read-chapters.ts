import { setTimeout as wait } from 'node:timers/promises';
import { AV_LOG_FATAL, AV_LOG_INFO } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { finishedFormats, openMedia } from '../../../src/media/open-media.ts';

/**
 * The chapters of a file as FFmpeg reads them, e.g. `0.000000-0.500000 Foxes`: what `ffprobe` would print. Of a title only
 * the first 100 characters, since it prints no more than some 250 of anything.
 */
export async function chaptersReadByFfmpeg(file: string): Promise<string[]> {
  const context = await openMedia(file, finishedFormats);
  let text = '';
  Log.setCallback((_level, message) => {
    text += message;
  });
  Log.setLevel(AV_LOG_INFO);
  context.dumpFormat(0, file, false);
  // The last thing that is described is a track; lines come from another thread.
  while (!text.includes('Stream #0:1')) await wait(1);
  Log.setLevel(AV_LOG_FATAL);
  Log.resetCallback();
  await context.closeInput();
  // The pieces come without their ends of lines.
  const chapters = text.matchAll(
    /Chapter #\S+ start (\S+), end (\S+) +Metadata: +title +: (.*?)(?= {4}Chapter #| {2}Stream #)/g,
  );
  return [...chapters].map(([, start, end, title]) => `${start}-${end} ${title?.slice(0, 100)}`);
}
