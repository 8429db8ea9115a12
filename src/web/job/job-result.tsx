import './job-result.css';
import type { Artifact, Job } from '../../protocol/index.ts';
import { DownloadList } from './download-list.tsx';
import { StageList } from './stage-list.tsx';
import { WarningList } from './warning-list.tsx';

export function JobResult({ job }: { job: Job }) {
  return (
    <div className="job-columns">
      <section className="card job-player" aria-label="The video">
        <Player job={job} />
      </section>
      <div className="job-side">
        <DownloadList job={job} />
        <WarningList warnings={job.warnings} />
        <StageList job={job} />
      </div>
    </div>
  );
}

function Player({ job }: { job: Job }) {
  const video = artifact(job, 'video.mp4');
  const captions = artifact(job, 'captions.vtt');
  return (
    // The captions are in the picture already; the track is for readers who want them as text.
    <video
      controls
      playsInline
      preload="metadata"
      aria-label={job.title}
      src={video?.url}
      poster={artifact(job, 'poster.jpg')?.url}
    >
      <track kind="captions" label="Captions" src={captions?.url} />
    </video>
  );
}

function artifact({ artifacts }: Job, name: string): Artifact | undefined {
  return artifacts.find((candidate) => candidate.name === name);
}
