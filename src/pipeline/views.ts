import type { Encoding, Video } from '../protocol/index.ts';
import { contentHash } from './content-key.ts';
import { type ExportOutput, toJson } from './export-input.ts';

/** How a chunk is encoded: what of an encoding changes its bytes. What it is put into later does not. */
export type ChunkEncoding = Pick<Encoding, 'codec' | 'quality' | 'speed' | 'hardware'>;

/** Outputs that show the same pictures: each frame of them is planned and drawn once. */
export interface View {
  readonly index: number;
  readonly video: Video;
  /** Distinct. */
  readonly encodings: readonly ChunkEncoding[];
  readonly outputs: readonly ViewOutput[];
}

export interface ViewOutput extends ExportOutput {
  /** Of the view's encodings, the one it is made of. */
  readonly encodingIndex: number;
}

/** Groups a job's outputs by their size and frame rate, in the order in which they are first asked for. */
export function viewsOf(outputs: readonly ExportOutput[]): View[] {
  const groups = Map.groupBy(outputs, ({ video }) => contentHash(toJson(video)));
  return [...groups.values()].map((group, index) => viewOf(group, index));
}

function viewOf(group: readonly ExportOutput[], index: number): View {
  const encodings = new Map<string, ChunkEncoding>();
  const outputs = group.map((output): ViewOutput => {
    const { codec, quality, speed, hardware } = output.encoding;
    const encoding = { codec, quality, speed, hardware };
    const name = contentHash(encoding);
    if (!encodings.has(name)) encodings.set(name, encoding);
    return { ...output, encodingIndex: [...encodings.keys()].indexOf(name) };
  });
  const [first] = group;
  if (first === undefined) throw new RangeError('a view has an output');
  return { index, video: first.video, encodings: [...encodings.values()], outputs };
}

/** Task names of the first view have no number: a job with one output has tasks called plan, mix and finish. */
export function viewSuffix(viewIndex: number): string {
  return viewIndex === 0 ? '' : `-${viewIndex + 1}`;
}
