import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureWebBuilt } from './build-web.ts';
import { ensureChromium } from './ensure-chromium.ts';

/** `npm test`: format, lint and types, then every test. Arguments narrow the tests to the named files. */
const root = join(import.meta.dirname, '..');
const bin = join(root, 'node_modules/.bin');
const files = process.argv.slice(2);

run('format and lint', [join(bin, 'biome'), 'check', '--error-on-warnings', '.']);
run('types, Node', [join(bin, 'tsc'), '-p', 'tsconfig.json']);
run('types, browser', [join(bin, 'tsc'), '-p', 'tsconfig.browser.json']);
await ensureChromium();
await ensureWebBuilt();
run('tests', [
  process.execPath,
  '--test',
  '--test-concurrency=2',
  '--test-timeout=600000',
  ...(files.length > 0 ? files : ['test/**/*.test.ts']),
]);

function run(what: string, [command = '', ...args]: string[]): void {
  console.log(`> ${what}`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
