import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { exitCodeHelp } from './exit-codes.ts';
import { addJobCommands } from './job-commands.ts';
import { addOutputOptions, type OutputFlags } from './output-options.ts';
import { runCommand } from './run-command.ts';
import { serverOption } from './server-option.ts';

/** The command line. Each command is loaded when it runs, so that the help comes at once. */
export function buildProgram(): Command {
  const program = new Command('aura')
    .description('Turns a script into a narrated, captioned video.')
    .version(packageVersion())
    .configureHelp({ helpWidth: 100 })
    .addHelpText('after', `${environmentHelp}\n${exitCodeHelp}`)
    .exitOverride();
  addRender(program);
  addPlan(program);
  addServe(program);
  addWorker(program);
  addJobCommands(program);
  addDoctor(program);
  return program;
}

function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}

const environmentHelp = `
Settings (environment variables):
  AURA_HOST         address to listen on (127.0.0.1)
  AURA_PORT         port to listen on (5005)
  AURA_DATA         folder of the database and of all results (./data)
  DATABASE_URL      PostgreSQL instead of the embedded database
  AURA_CONCURRENCY  processes that draw at the same time (number of cores)
  AURA_LOG_LEVEL    silent, error, warn, info or debug (info)`;

function addRender(program: Command): void {
  const command = program
    .command('render')
    .description('Make a video of a Markdown script or a JSON composition.')
    .argument('<file>', 'the script (.md) or composition (.json); its files are looked for beside it')
    .option('-o, --output <file>', 'the video to write, .mp4 or .webm (default: the script’s name with .mp4)')
    .option('--subtitles', 'write .srt and .vtt beside the video')
    .addOption(serverOption('a running server to use instead of an own engine'));
  addOutputOptions(command).action(async (file: string, options: RenderFlags) => {
    const { render } = await import('./render.ts');
    await runCommand((config) => render({ file, config, ...options }), { file });
  });
}

/** What commander gives for the options of `aura render`. */
export interface RenderFlags extends OutputFlags {
  readonly output?: string;
  readonly subtitles?: boolean;
  readonly server?: string;
}

function addPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('Say what an export would draw, what is stored already and how long it would take.')
    .argument('<file>', 'the script (.md) or composition (.json); its files are looked for beside it')
    .option('--json', 'print it as data, as POST /api/plan answers')
    .addOption(serverOption('a running server to ask instead of an own engine'));
  addOutputOptions(command).action(async (file: string, options: PlanFlags) => {
    const { plan } = await import('./plan.ts');
    await runCommand((config) => plan({ file, config, ...options }), { file });
  });
}

interface PlanFlags extends OutputFlags {
  readonly json?: boolean;
  readonly server?: string;
}

function addServe(program: Command): void {
  program
    .command('serve')
    .description('Serve the page and the API, and work on exports.')
    .action(async () => {
      const { serve } = await import('./serve.ts');
      await runCommand(serve);
    });
}

function addWorker(program: Command): void {
  program
    .command('worker')
    .description(
      'Only work on exports. Any number of workers share one PostgreSQL (DATABASE_URL) and one AURA_DATA.',
    )
    .action(async () => {
      const { worker } = await import('./worker.ts');
      await runCommand(worker);
    });
}

function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Try everything an export needs, and say what is wrong and what to do.')
    .action(async () => {
      const { doctor } = await import('./doctor.ts');
      process.exitCode = await doctor();
    });
}
