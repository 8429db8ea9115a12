import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Path of a Chromium to drive in tests. On Debian, as root, a missing one is installed.
 *
 * @throws {Error} saying what to install, where that cannot be done from here.
 */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium();
  if (found !== undefined) return found;
  if (!(await canInstall())) {
    throw new Error(
      `No Chromium on the PATH (looked for ${names.join(', ')}). Install it, e.g. "sudo apt-get install chromium" or https://www.google.com/chrome/.`,
    );
  }
  console.log('Installing Chromium for the browser tests (apt-get install chromium) …');
  await install();
  const installed = await findChromium();
  if (installed === undefined) throw new Error('apt-get installed chromium, but it is not on the PATH.');
  return installed;
}

async function findChromium(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const file = path.join(folder, name);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function canInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await isExecutable('/usr/bin/apt-get'));
}

async function install(): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeout: 300_000, maxBuffer: 50_000_000 };
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
}

if (import.meta.main) console.log(await ensureChromium());
