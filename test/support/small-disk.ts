import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/**
 * Why a disk of a test's own cannot be mounted here, in words that stand beside the skipped test; false where it can. It
 * needs a user and a mount namespace, which not every machine grants.
 */
export function cannotMount(): string | false {
  if (process.platform !== 'linux') return 'a disk of 1 MB is only mounted on Linux';
  const probe = ['-Urm', 'sh', '-c', 'mount -t tmpfs none "$0"', tmpdir()];
  const { status, stderr, error } = spawnSync('unshare', probe, { encoding: 'utf8' });
  if (status === 0) return false;
  return `a disk of 1 MB cannot be mounted here: ${(error?.message ?? stderr).trim()}`;
}
