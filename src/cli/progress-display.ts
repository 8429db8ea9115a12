import type { Job } from '../protocol/index.ts';
import { progressBarLine, progressLogLine, stageText } from './progress-text.ts';

/** Where progress is shown: a terminal, or a file or pipe that somebody reads later. */
export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface ProgressDisplay {
  show(job: Job): void;
  /** A line of its own, which stays: a warning, a remark. */
  say(line: string): void;
  /** Ends the display and clears its timer. */
  end(): void;
}

/** A bar on a terminal, plain lines elsewhere. */
export function progressDisplay(output: Output): ProgressDisplay {
  return output.isTTY ? barDisplay(output) : lineDisplay(output);
}

/** Redraws one line in place. Clearing follows the text, so nothing flickers. */
function barDisplay(output: Output): ProgressDisplay {
  let job: Job | undefined;
  let cameAt = performance.now();
  let progressedAt = cameAt;
  const draw = () => {
    if (job === undefined) return;
    const [ageSeconds, quietSeconds] = [secondsSince(cameAt), secondsSince(progressedAt)];
    const line = progressBarLine({ job, columns: output.columns ?? 80, ageSeconds, quietSeconds });
    output.write(`\r${line}\u001b[K`);
  };
  // The time left counts down and silence is told even while nothing comes.
  const timer = setInterval(draw, 1000);
  return {
    show(next) {
      cameAt = performance.now();
      if (job?.lastProgressAt !== next.lastProgressAt) progressedAt = cameAt;
      job = next;
      draw();
    },
    say(line) {
      output.write(`\r\u001b[K${line}\n`);
      draw();
    },
    end() {
      clearInterval(timer);
      if (job !== undefined) output.write('\r\u001b[K');
      job = undefined;
    },
  };
}

function secondsSince(milliseconds: number): number {
  return Math.floor((performance.now() - milliseconds) / 1000);
}

/** A line for each stage and every ten percent. */
function lineDisplay(output: Output): ProgressDisplay {
  const told = new Set<string>();
  let tens = 0;
  let attempt = 1;
  return {
    show(job) {
      if (job.attempt !== attempt) {
        told.clear();
        tens = 0;
        attempt = job.attempt;
      }
      const reached = Math.floor(job.progress * 10);
      const isBetweenStages = job.status === 'running' && job.stage === null && told.size > 0;
      const isNewStage = !told.has(stageText(job)) && !isBetweenStages;
      if (!isNewStage && reached <= tens) return;
      told.add(stageText(job));
      tens = Math.max(tens, reached);
      output.write(`${progressLogLine(job, { isNewStage })}\n`);
    },
    say: (line) => output.write(`${line}\n`),
    end() {},
  };
}
