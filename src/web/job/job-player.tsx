import './job-player.css';
import type { Artifact, Job } from '../../protocol/index.ts';

/** The finished video. */
export function JobPlayer({ job }: { job: Job }) {
  return (
    <div className="job-player">
      {/* The captions are in the picture already; the track is for readers who want them as text. */}
      <video
        controls
        playsInline
        preload="auto"
        aria-label={job.title}
        src={artifact(job, 'video.mp4')?.url}
        poster={artifact(job, 'poster.jpg')?.url}
      >
        <track kind="captions" label="Captions" src={artifact(job, 'captions.vtt')?.url} />
      </video>
    </div>
  );
}

function artifact({ artifacts }: Job, name: string): Artifact | undefined {
  return artifacts.find((candidate) => candidate.name === name);
}
