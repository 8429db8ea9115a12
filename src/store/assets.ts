import type { Asset } from '../protocol/index.ts';
import type { Queryable } from './database.ts';

/** Notes what was uploaded. The id is the content's hash: the same file again keeps the first name. */
export async function insertAsset(database: Queryable, asset: Asset): Promise<void> {
  await database.query(
    `INSERT INTO aura.asset (id, name, kind, content_type, size_bytes, width, height, duration_seconds)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [
      asset.id,
      asset.name.replaceAll('\0', ''),
      asset.kind,
      asset.contentType,
      asset.sizeBytes,
      asset.width ?? null,
      asset.height ?? null,
      asset.durationSeconds ?? null,
    ],
  );
}

export async function readAsset(database: Queryable, assetId: string): Promise<Asset | undefined> {
  const rows = await database.query<AssetRow>(
    `SELECT id, name, kind, content_type, size_bytes::double precision AS size_bytes, width, height, duration_seconds
     FROM aura.asset WHERE id = $1`,
    [assetId],
  );
  return rows[0] && toAsset(rows[0]);
}

interface AssetRow {
  readonly id: string;
  readonly name: string;
  readonly kind: Asset['kind'];
  readonly content_type: string;
  readonly size_bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_seconds: number | null;
}

function toAsset(row: AssetRow): Asset {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    contentType: row.content_type,
    sizeBytes: row.size_bytes,
    ...(row.width !== null && { width: row.width }),
    ...(row.height !== null && { height: row.height }),
    ...(row.duration_seconds !== null && { durationSeconds: row.duration_seconds }),
  };
}
