import { type Command, InvalidArgumentError } from 'commander';
import type { ControlAction } from './control-job.ts';
import { runCommand } from './run-command.ts';
import { serverOption } from './server-option.ts';

/** The commands for exports that a running server has. */
export function addJobCommands(program: Command): void {
  addJobs(program);
  addWatch(program);
  for (const action of ['cancel', 'retry', 'pause', 'resume'] as const) addControl(program, action);
  addDelete(program);
}

interface ServerFlags {
  readonly server?: string;
  readonly json?: boolean;
}

function addJobs(program: Command): void {
  program
    .command('jobs')
    .description('List exports, newest first.')
    .option('--limit <count>', 'how many', countOf, 20)
    .option('--json', 'print them as data, as GET /api/jobs answers')
    .addOption(serverOption('the server they are on (default: the one on this machine)'))
    .action(async ({ server, ...flags }: ServerFlags & { readonly limit: number }) => {
      const { listJobs } = await import('./list-jobs.ts');
      await runCommand((config) => listJobs({ serverUrl: server, config, ...flags }));
    });
}

function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}

function addWatch(program: Command): void {
  jobCommand(program, 'watch')
    .description('Follow an export to its end. Ctrl-C stops the watching, not the export.')
    .action(async (jobId: string, { server }: ServerFlags) => {
      const { watch } = await import('./watch.ts');
      await runCommand((config) => watch({ jobId, serverUrl: server, config }));
    });
}

function addControl(program: Command, action: ControlAction): void {
  jobCommand(program, action)
    .description(descriptions[action])
    .option('--json', 'print the export as data, as the API answers')
    .action(async (jobId: string, { server, json }: ServerFlags) => {
      const { controlJob } = await import('./control-job.ts');
      await runCommand((config) => controlJob({ action, jobId, serverUrl: server, json, config }));
    });
}

const descriptions = {
  cancel: 'Stop an export and remove what it was making. What is finished is kept for a retry.',
  retry: 'Start a failed or cancelled export again; finished work is not done twice.',
  pause: 'Begin nothing more of an export; what is being done now is finished first.',
  resume: 'Go on with a paused export.',
} satisfies Record<ControlAction, string>;

function addDelete(program: Command): void {
  jobCommand(program, 'delete')
    .description('Remove an ended export with its files, for good.')
    .action(async (jobId: string, { server }: ServerFlags) => {
      const { deleteJob } = await import('./control-job.ts');
      await runCommand((config) => deleteJob({ jobId, serverUrl: server, config }));
    });
}

function jobCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .argument('<job>', 'the export’s id')
    .addOption(serverOption('the server it is on (default: the one on this machine)'));
}
