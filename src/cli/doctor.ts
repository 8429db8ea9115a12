import type { Config } from '../config.ts';
import { toFailure } from '../protocol/index.ts';
import { dataChecks } from './doctor-data.ts';
import { portCheck } from './doctor-port.ts';
import { probeInChild } from './doctor-probe.ts';
import { processConfig } from './environment.ts';
import { errorMessage } from './error-message.ts';
import { exitCodes } from './exit-codes.ts';

/** One thing an export needs. `run` tries it, and says what was found. */
export interface Check {
  readonly name: string;
  /** @throws {AuraError} what is wrong. */
  run(): Promise<string>;
}

/** `aura doctor`: tries every part by really using it. Gives the exit code. */
export async function doctor(): Promise<number> {
  let failures = 0;
  for (const check of checks()) {
    process.stdout.write(await report(check, () => (failures += 1)));
  }
  process.stdout.write(failures === 0 ? '\nEverything works.\n' : `\n${failures} of the checks failed.\n`);
  return failures === 0 ? exitCodes.ok : exitCodes.failed;
}

function checks(): Check[] {
  const own: Check[] = [
    { name: 'Node', run: async () => `${process.version} on ${process.platform} ${process.arch}` },
    { name: 'speech', run: () => probeInChild('speech') },
    { name: 'drawing', run: () => probeInChild('drawing') },
    { name: 'video', run: () => probeInChild('video') },
  ];
  try {
    const config = processConfig();
    return [
      { name: 'settings', run: async () => settingsText(config) },
      ...own,
      ...dataChecks(config),
      portCheck(config),
    ];
  } catch (error) {
    return [{ name: 'settings', run: () => Promise.reject(error) }, ...own];
  }
}

async function report({ name, run }: Check, onFailure: () => void): Promise<string> {
  try {
    return `ok    ${name.padEnd(nameColumns)} ${await run()}\n`;
  } catch (error) {
    onFailure();
    const { title, detail } = toFailure(error);
    const [, ...rest] = errorMessage(error).split('\n');
    return `FAIL  ${name.padEnd(nameColumns)} ${title}: ${detail}\n${rest.map((line) => `    ${line}\n`).join('')}`;
  }
}

const nameColumns = 10;

function settingsText({ host, port, dataDirectory, databaseUrl, concurrency }: Config): string {
  const database = databaseUrl === undefined ? 'embedded database' : 'PostgreSQL';
  return `${host}:${port}, data in ${dataDirectory}, ${database}, ${concurrency} at a time`;
}
