import './media-list.css';
import { ActionIcon, Button, FileButton, Tooltip } from '@mantine/core';
import {
  IconClock,
  IconMovie,
  IconMusic,
  IconPhoto,
  IconPhotoPlus,
  IconTypography,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { acceptedFiles, type LocalFile } from './local-file.ts';
import type { Media } from './use-media.ts';

interface MediaListProps {
  readonly media: Media;
  onInsert(file: LocalFile): void;
}

/** The files the script names, those still missing, and those dropped but not used yet. */
export function MediaList({ media, onInsert }: MediaListProps) {
  const { matches, unused, refused, take, remove } = media;
  return (
    <section aria-labelledby="media-title">
      <h2 id="media-title" className="media-title">
        Pictures and music
      </h2>
      {matches.length + unused.length > 0 && (
        <ul className="media-list">
          {matches.map(({ source, kind, file }) => (
            <MediaRow
              key={`${kind} ${source}`}
              name={source}
              kind={kind}
              file={file}
              state={file === undefined ? 'Missing' : 'In the script'}
            >
              {file !== undefined && <RemoveButton file={file} onRemove={remove} />}
            </MediaRow>
          ))}
          {unused.map((file) => (
            <MediaRow key={file.name} name={file.name} kind={file.kind} file={file} state="Not used yet">
              {(file.kind === 'picture' || file.kind === 'video') && (
                <Button size="compact-xs" variant="light" onClick={() => onInsert(file)}>
                  Insert
                </Button>
              )}
              <RemoveButton file={file} onRemove={remove} />
            </MediaRow>
          ))}
        </ul>
      )}
      {refused.map(({ name, reason }) => (
        <p key={name} className="media-refused" role="alert">
          {name}: {reason}.
        </p>
      ))}
      <FileButton multiple accept={acceptedFiles} onChange={take}>
        {(props) => (
          <button type="button" className="media-drop" {...props}>
            <IconPhotoPlus size={18} aria-hidden="true" />
            <span>Drop files anywhere, or choose them</span>
          </button>
        )}
      </FileButton>
    </section>
  );
}

interface MediaRowProps {
  readonly name: string;
  readonly kind: LocalFile['kind'];
  readonly file: LocalFile | undefined;
  readonly state: 'Missing' | 'In the script' | 'Not used yet';
  readonly children: ReactNode;
}

const icons = {
  picture: IconPhoto,
  audio: IconMusic,
  video: IconMovie,
  font: IconTypography,
  timing: IconClock,
} as const satisfies Record<LocalFile['kind'], unknown>;

function MediaRow({ name, kind, file, state, children }: MediaRowProps) {
  const Icon = icons[kind];
  return (
    <li className="media-row" data-missing={file === undefined || undefined}>
      <span className="media-thumbnail">
        {file?.url !== undefined ? <img src={file.url} alt="" /> : <Icon size={18} aria-hidden="true" />}
      </span>
      <span className="media-name">
        <span title={name}>{name}</span>
        <small>{state}</small>
      </span>
      {children}
    </li>
  );
}

function RemoveButton({ file, onRemove }: { file: LocalFile; onRemove(file: LocalFile): void }) {
  const label = `Remove ${file.name}`;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => onRemove(file)}>
        <IconX size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
