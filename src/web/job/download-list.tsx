import './download-list.css';
import { IconBadgeCc, IconDownload, IconFile, IconMovie, IconPhoto } from '@tabler/icons-react';
import type { Artifact, Job } from '../../protocol/index.ts';
import { sizeInWords } from '../words/size-in-words.ts';

export function DownloadList({ job }: { job: Job }) {
  return (
    <section className="card download-card" aria-labelledby="downloads-title">
      <h2 id="downloads-title" className="section-title">
        Downloads
      </h2>
      <ul className="download-list">
        {job.artifacts.map((artifact) => (
          <li key={artifact.name}>
            <Download artifact={artifact} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Download({ artifact }: { artifact: Artifact }) {
  const { label, Icon } = kinds[artifact.name] ?? { label: artifact.name, Icon: IconFile };
  return (
    <a
      className="download"
      data-main={artifact.name === 'video.mp4' || undefined}
      // The server names the file after the video.
      href={`${artifact.url}?download=1`}
      download
    >
      <Icon size={20} stroke={1.75} aria-hidden="true" />
      <span className="download-label">{label}</span>
      <span className="download-size">{sizeInWords(artifact.sizeBytes)}</span>
      <IconDownload size={18} aria-hidden="true" />
    </a>
  );
}

const kinds: Readonly<Record<string, { readonly label: string; readonly Icon: typeof IconMovie }>> = {
  'video.mp4': { label: 'Video (MP4)', Icon: IconMovie },
  'captions.srt': { label: 'Subtitles (SRT)', Icon: IconBadgeCc },
  'captions.vtt': { label: 'Subtitles (VTT)', Icon: IconBadgeCc },
  'poster.jpg': { label: 'Poster (JPEG)', Icon: IconPhoto },
};
