import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { serveChild } from '../../engine/index.ts';
import { fetchRemote, isPublicAddress } from '../../pictures/index.ts';
import { assetKinds, limits } from '../../protocol/index.ts';
import { inspectMedia } from '../inspect-media.ts';

const inputSchema = z.strictObject({
  source: z.string(),
  kind: z.enum(assetKinds),
  folder: z.string(),
  /** Private addresses that may be fetched from. */
  fetchableAddresses: z.array(z.string()),
});

/** Fetches a remote file and proves that it is what the composition uses it as. */
serveChild(async (input, { signal }) => {
  const { source, kind, folder, fetchableAddresses } = inputSchema.parse(input);
  const file = await fetchRemote(source, {
    ...{ signal, folder },
    maximumBytes: limits.assetBytes,
    allowAddress: (address) => isPublicAddress(address) || fetchableAddresses.includes(address),
  });
  await inspectMedia(file, source, kind);
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return { file, sha256 };
});
