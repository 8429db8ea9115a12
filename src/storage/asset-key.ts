/** Where an asset's bytes are stored: `asset:<sha256>` lies under `asset/<sha256>`. */
export function assetKey(assetId: string): string {
  return assetId.replace(/^asset:/, 'asset/');
}
