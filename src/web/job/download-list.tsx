import './download-list.css';
import {
  IconBadgeCc,
  IconDownload,
  IconFile,
  IconLayoutGrid,
  IconListNumbers,
  IconMovie,
  IconPhoto,
} from '@tabler/icons-react';
import type { Artifact, Job } from '../../protocol/index.ts';
import { sizeInWords } from '../words/size-in-words.ts';
import { type VideoFiles, videosOf } from './job-files.ts';

export function DownloadList({ job }: { job: Job }) {
  return (
    <section className="card download-card" aria-labelledby="downloads-title">
      <h2 id="downloads-title" className="section-title">
        Downloads
      </h2>
      {videosOf(job).map((video) => (
        <Downloads key={video.video.name} video={video} />
      ))}
    </section>
  );
}

function Downloads({ video }: { video: VideoFiles }) {
  return (
    <>
      {video.name !== undefined && <h3 className="download-output">{video.name}</h3>}
      <ul className="download-list">
        {video.files.map((artifact) => (
          <li key={artifact.name}>
            <Download artifact={artifact} output={video.name} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Download({ artifact, output }: { artifact: Artifact; output: string | undefined }) {
  const kind = output === undefined ? artifact.name : artifact.name.slice(output.length + 1);
  const { label, Icon } = kinds[kind] ?? { label: artifact.name, Icon: IconFile };
  return (
    <a
      className="download"
      data-main={kind.startsWith('video.') || undefined}
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
  'video.webm': { label: 'Video (WebM)', Icon: IconMovie },
  'captions.srt': { label: 'Subtitles (SRT)', Icon: IconBadgeCc },
  'captions.vtt': { label: 'Subtitles (VTT)', Icon: IconBadgeCc },
  'chapters.vtt': { label: 'Chapters (VTT)', Icon: IconListNumbers },
  'chapters.txt': { label: 'Chapters (for YouTube)', Icon: IconListNumbers },
  'poster.jpg': { label: 'Poster (JPEG)', Icon: IconPhoto },
  'thumbnails.jpg': { label: 'Thumbnails (JPEG)', Icon: IconLayoutGrid },
  'thumbnails.vtt': { label: 'Thumbnails (VTT)', Icon: IconLayoutGrid },
};
