import type { Live } from '../../protocol/index.ts';
import { jobProgressFrame, previewFrame, progressFrame } from './frames.ts';
import { createNewestOnly } from './newest-only.ts';
import type { OpenStream } from './open-stream.ts';

/** At most ten a second to each client. */
const intervalMilliseconds = 100;
/** Of each job, for a client that follows many. */
const listIntervalMilliseconds = 250;

/** Passes the live figures of one job on, the newest only; a new picture comes before them, as a message of its own. */
export function createLiveFrames(stream: Pick<OpenStream, 'signal' | 'offer'>): { offer(live: Live): void } {
  let shownPreview: string | null = null;
  const frames = createNewestOnly<Live>({
    signal: stream.signal,
    intervalMilliseconds,
    offer(_key, live) {
      if (live.preview !== null && live.preview !== shownPreview) {
        if (!stream.offer(previewFrame(live.preview))) return false;
        shownPreview = live.preview;
      }
      return stream.offer(progressFrame(live));
    },
  });
  return { offer: (live) => frames.put('', live) };
}

/** Passes the live figures of many jobs on, of each the newest only. */
export function createListLiveFrames(stream: OpenStream): { offer(jobId: string, live: Live): void } {
  const frames = createNewestOnly<Live>({
    signal: stream.signal,
    intervalMilliseconds: listIntervalMilliseconds,
    offer: (jobId, live) => stream.offer(jobProgressFrame(jobId, live)),
  });
  return { offer: frames.put };
}
