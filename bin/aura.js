#!/usr/bin/env node
// Plain JavaScript for any Node: runs the command line with Node 24 or newer, the one of the package if need be.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= 24) {
  process.argv[1] = main;
  // Compiled code is kept: a command starts in half the time, and the compiler for TypeScript is not loaded.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  await import(new URL('../src/cli/main.ts', import.meta.url).href);
} else {
  runWithPackagedNode();
}

function runWithPackagedNode() {
  const node = packagedNode();
  if (node === undefined) {
    console.error(
      `aura: This is Node ${process.versions.node}; Aura needs 24.\n  to do: Run npm ci, or install Node 24.`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (error) => {
    console.error(`aura: ${node} could not be started: ${error.message}\n  to do: Run npm ci.`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, forward);
    // Whoever waits for us sees the same end.
    if (signal !== null) process.kill(process.pid, signal);
    else process.exitCode = code;
  });
}

function packagedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    return [join(folder, 'bin', 'node'), join(folder, 'bin', 'node.exe')].find(existsSync);
  } catch {
    return undefined;
  }
}
