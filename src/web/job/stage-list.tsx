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
            <span className="stage-count">
              {countOf(stage)}
              {reusedOf(stage) > 0 && <small>{reusedOf(stage)} reused</small>}
            </span>
            {shownStatus(stage, job) === 'running' && <StageBar stage={stage} />}
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

/** In the units of the stage where it has some: "812 of 1830 frames". */
function countOf({ status, done, total, units }: Stage): string {
  if (total === 0) return status === 'done' ? 'nothing to do' : '';
  if (units === undefined) return `${done} of ${total}`;
  // One plan of one says nothing that the mark does not.
  if (units.kind === 'plans' && units.total === 1) return '';
  const name = units.total === 1 ? units.kind.slice(0, -1) : units.kind;
  return units.done === units.total ? `${units.total} ${name}` : `${units.done} of ${units.total} ${name}`;
}

function reusedOf({ cached, units }: Stage): number {
  return units?.cached ?? cached;
}

/** Only to look at: the number beside it says the same. */
function StageBar({ stage: { units } }: { stage: Stage }) {
  if (units === undefined || units.total < 2) return null;
  return (
    <span className="stage-bar" aria-hidden="true">
      <span style={{ transform: `scaleX(${units.done / units.total})` }} />
    </span>
  );
}
