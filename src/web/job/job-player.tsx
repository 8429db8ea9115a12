import './job-player.css';
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Job } from '../../protocol/index.ts';
import { fileOf, videosOf } from './job-files.ts';

/** The finished video; of several, the one that is chosen. */
export function JobPlayer({ job }: { job: Job }) {
  const videos = videosOf(job);
  const [chosen, setChosen] = useState<string>();
  const shown = videos.find(({ name }) => name === chosen) ?? videos[0];
  if (shown === undefined) return null;
  const chapters = fileOf(shown, 'chapters.vtt');
  return (
    <div className="job-player">
      {videos.length > 1 && (
        <SegmentedControl
          aria-label="Which video"
          data={videos.map(({ name = '' }) => name)}
          value={shown.name ?? ''}
          onChange={setChosen}
        />
      )}
      {/* The captions are in the picture already; the track is for readers who want them as text. */}
      <video
        key={shown.video.url}
        controls
        playsInline
        preload="auto"
        aria-label={job.title}
        src={shown.video.url}
        poster={fileOf(shown, 'poster.jpg')?.url}
      >
        <track kind="captions" label="Captions" src={fileOf(shown, 'captions.vtt')?.url} />
        {chapters !== undefined && <track kind="chapters" label="Chapters" src={chapters.url} />}
      </video>
    </div>
  );
}
