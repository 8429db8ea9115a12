import type { Artifact, Job } from '../../protocol/index.ts';

/** The files of one of a job's videos. */
export interface VideoFiles {
  /** Of the output; undefined for the only one. */
  readonly name: string | undefined;
  readonly video: Artifact;
  /** All of them, the video first. */
  readonly files: readonly Artifact[];
}

/** A finished job's videos with what belongs to each, in the order they were asked for. */
export function videosOf({ artifacts }: Pick<Job, 'artifacts'>): VideoFiles[] {
  const videos = artifacts.filter(({ contentType }) => contentType.startsWith('video/'));
  return videos.map((video) => {
    const prefix = video.name.slice(0, video.name.lastIndexOf('video.'));
    const files = artifacts.filter(({ name }) => prefix === '' || name.startsWith(prefix));
    return { name: prefix === '' ? undefined : prefix.slice(0, -1), video, files };
  });
}

/** One of a video's files by what it is, such as `poster.jpg`, whatever the output is called. */
export function fileOf({ name: output, files }: VideoFiles, kind: string): Artifact | undefined {
  const name = output === undefined ? kind : `${output}-${kind}`;
  return files.find((file) => file.name === name);
}
