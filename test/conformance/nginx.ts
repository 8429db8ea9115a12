import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitFor } from './wait-for.ts';

export interface Nginx extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** nginx before a server, with its defaults (it buffers answers), but for how long it waits for more of one. */
export async function openNginx(options: {
  readonly upstreamPort: number;
  readonly port: number;
  readonly readTimeoutSeconds: number;
}): Promise<Nginx> {
  const program = await ensureNginx();
  const folder = await mkdtemp(join(tmpdir(), 'aura-nginx-'));
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration({ ...options, folder }));
  const child = spawn(program, ['-p', folder, '-c', file, '-e', join(folder, 'error.log')], {
    stdio: 'inherit',
  });
  const gone = once(child, 'exit');
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  await untilListening(options.port);
  return {
    url: `http://127.0.0.1:${options.port}`,
    port: options.port,
    async [Symbol.asyncDispose]() {
      process.off('exit', kill);
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** In the foreground and as one process, so that ending it ends all of it. */
function configuration(input: {
  readonly folder: string;
  readonly upstreamPort: number;
  readonly port: number;
  readonly readTimeoutSeconds: number;
}): string {
  const { folder, upstreamPort, port, readTimeoutSeconds } = input;
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${upstreamPort};
      proxy_read_timeout ${readTimeoutSeconds}s;
    }
  }
}
`;
}

async function untilListening(port: number): Promise<void> {
  let isOpen = false;
  await waitFor(() => {
    const socket = connect(port, '127.0.0.1', () => {
      isOpen = true;
      socket.destroy();
    }).on('error', () => {});
    return isOpen;
  });
}

/** Path of an nginx. On Debian, as root, a missing one is installed. @throws {Error} saying what to install. */
async function ensureNginx(): Promise<string> {
  const found = await findNginx();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !(await isExecutable('/usr/bin/apt-get'))) {
    throw new Error('No nginx here. Install it, e.g. "sudo apt-get install nginx-light".');
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeout: 300_000, maxBuffer: 50_000_000 };
  await promisify(execFile)('apt-get', ['update'], options);
  await promisify(execFile)('apt-get', ['install', '-y', '--no-install-recommends', 'nginx-light'], options);
  const installed = await findNginx();
  if (installed === undefined) throw new Error('apt-get installed nginx-light, but no nginx can be found.');
  return installed;
}

async function findNginx(): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  for (const folder of folders) if (await isExecutable(join(folder, 'nginx'))) return join(folder, 'nginx');
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
