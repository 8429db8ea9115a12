/** Of files no connection needs: the log, the database, code. */
const spare = 200;

/** @throws {Error} that says what to do, when this machine does not let a process have so many connections. */
export function requireOpenFiles(connections: number): void {
  // Node raises its own limit to the hard one.
  const allowed = Number(reportedLimits()?.['open_files']?.hard ?? Number.POSITIVE_INFINITY);
  const needed = connections + spare;
  if (allowed >= needed) return;
  throw new Error(
    `${connections} watchers need ${needed} open files a process, and ${allowed} are allowed: ` +
      `run \`ulimit -n ${needed}\` first (as root, or raise the hard limit), or ask for fewer with --watchers.`,
  );
}

function reportedLimits(): Record<string, { hard: number | 'unlimited' }> | undefined {
  const report = process.report.getReport();
  return 'userLimits' in report
    ? (report.userLimits as Record<string, { hard: number | 'unlimited' }>)
    : undefined;
}
