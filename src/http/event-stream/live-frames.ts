import type { Live } from '../../protocol/index.ts';
import { previewFrame, progressFrame } from './frames.ts';
import type { OpenStream } from './open-stream.ts';

/** At most ten a second to each client. */
const intervalMilliseconds = 100;

/**
 * Passes live figures on, the newest only: what comes too fast, or while the client is not reading, is replaced by what
 * comes next.
 */
export function createLiveFrames(stream: OpenStream): { offer(live: Live): void } {
  let newest: Live | undefined;
  let shownPreview: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  stream.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });

  const flush = () => {
    timer = undefined;
    if (newest === undefined || stream.signal.aborted) return;
    const live = newest;
    if (stream.offer(progressFrame(live))) {
      newest = undefined;
      if (live.preview !== null && live.preview !== shownPreview) stream.offer(previewFrame(live.preview));
      shownPreview = live.preview;
    }
    timer = setTimeout(flush, intervalMilliseconds);
  };
  return {
    offer(live) {
      newest = live;
      if (timer === undefined) flush();
    },
  };
}
