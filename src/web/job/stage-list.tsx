import './stage-list.css';
import { IconCheck } from '@tabler/icons-react';
import { isTerminal, type Job, type Stage } from '../../protocol/index.ts';
import { stageWords } from '../words/job-in-words.ts';

export function StageList({ job }: { job: Job }) {
  return (
    <section className="card stage-card" aria-labelledby="stages-title">
      <h2 id="stages-title" className="section-title">
        Stages
      </h2>
      <ol className="stage-list">
        {job.stages.map((stage) => (
          <li key={stage.name} className="stage" data-status={shownStatus(stage, job)}>
            <span className="stage-mark" aria-hidden="true">
              {stage.status === 'done' && <IconCheck size={14} stroke={3} />}
            </span>
            <span className="stage-name">{stageWords[stage.name]}</span>
            <span className="stage-count">{countOf(stage)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Nothing turns while the job is paused, or any more once it has ended. */
function shownStatus(stage: Stage, { status }: Job): Stage['status'] | 'stopped' {
  const stands = status === 'paused' || isTerminal(status);
  return stage.status === 'running' && stands ? 'stopped' : stage.status;
}

function countOf({ status, done, total, cached }: Stage): string {
  if (total === 0) return status === 'done' ? 'nothing to do' : '';
  const reused = cached > 0 ? ` (${cached} reused)` : '';
  return `${done} of ${total}${reused}`;
}
