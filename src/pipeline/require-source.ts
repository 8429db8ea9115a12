import { type Asset, AuraError, type ErrorCode, type ErrorPlace } from '../protocol/index.ts';
import type { listSources } from '../script/index.ts';
import { isRemote } from './export-input.ts';

type SourceUse = ReturnType<typeof listSources>[number];
type Kind = Asset['kind'];

/** What it is called when a file of that kind is not there, or is something else. */
const codes = {
  picture: { missing: 'picture_missing', invalid: 'picture_invalid' },
  audio: { missing: 'audio_missing', invalid: 'audio_invalid' },
  video: { missing: 'video_missing', invalid: 'video_invalid' },
  font: { missing: 'font_missing', invalid: 'font_invalid' },
  timing: { missing: 'timing_missing', invalid: 'timing_invalid' },
} as const satisfies Record<Kind, { readonly missing: ErrorCode; readonly invalid: ErrorCode }>;

/**
 * Proves before any job exists that a file of the composition was uploaded and is of the kind it is used as. A remote one
 * is looked at when it is fetched.
 *
 * @param findAsset what was uploaded under an id, if anything.
 * @throws {AuraError} …_missing and …_invalid, by the kind.
 */
export async function requireSource(
  { source, kind, scene }: SourceUse,
  known: { readonly findAsset: (id: string) => Promise<Asset | undefined>; readonly place: ErrorPlace },
): Promise<void> {
  if (isRemote(source)) return;
  const { place } = known;
  const { missing, invalid } = codes[kind];
  const where = scene === undefined ? 'The composition' : `Scene "${scene}"`;
  if (!source.startsWith('asset:')) {
    throw new AuraError(missing, `${where} uses "${source}", which was not uploaded.`, { place });
  }
  const asset = await known.findAsset(source);
  if (asset === undefined)
    throw new AuraError(missing, `${where} uses ${source}, which is not stored here.`, { place });
  if (canServe(asset, kind)) return;
  const detail = `${where} uses "${asset.name}" as ${kind}, but it is ${asset.contentType}.`;
  throw new AuraError(invalid, detail, { place });
}

/** A GIF can be a clip, and the sound of a video can be music. */
function canServe(asset: Asset, kind: Kind): boolean {
  if (asset.kind === kind) return true;
  if (kind === 'video') return asset.contentType === 'image/gif';
  return kind === 'audio' && asset.kind === 'video';
}
