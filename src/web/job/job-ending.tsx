import './job-ending.css';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import type { Failure, Job } from '../../protocol/index.ts';
import { percentOf, stageWords } from '../words/job-in-words.ts';

/** The end of an export without a video: why, where, and what to do now. */
export function JobEnding({ job }: { job: Job }) {
  if (job.error !== null) return <Failed failure={job.error} />;
  return (
    <div className="job-ending">
      <IconCircleX size={40} stroke={1.5} aria-hidden="true" />
      <h2>Cancelled at {percentOf(job)} %</h2>
      <p>Nothing runs any more. What was finished is kept, so trying again goes on from there.</p>
    </div>
  );
}

function Failed({ failure }: { failure: Failure }) {
  return (
    <div className="job-ending" data-failed role="alert">
      <IconAlertTriangle size={40} stroke={1.5} aria-hidden="true" />
      <h2>{failure.title}</h2>
      <p className="job-ending-detail">{failure.detail}</p>
      {failure.issues !== undefined && (
        <ul>
          {failure.issues.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <dl>
        {places(failure).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>What to do</dt>
          <dd>{failure.action}</dd>
        </div>
        <div>
          <dt>Code</dt>
          <dd>
            <code>{failure.code}</code>
          </dd>
        </div>
      </dl>
    </div>
  );
}

function places({ place }: Failure): [string, string][] {
  const stage = Object.entries(stageWords).find(([name]) => name === place?.stage)?.[1] ?? place?.stage;
  const line = place?.line === undefined ? undefined : String(place.line);
  const named: [string, string | undefined][] = [
    ['Scene', place?.scene],
    ['Stage', stage],
    ['Line', line],
    ['Field', place?.field],
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}
