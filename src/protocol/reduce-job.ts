import type { JobEvent, Live } from './events.ts';
import { isTerminal, type Job, type Stage, stageNames } from './job.ts';

/**
 * Folds one event of a job's log into its state. Pure, and the only way a state comes about. Events that were already
 * folded in (`seq` not above the state's) change nothing, so a reconnect may repeat them.
 *
 * @throws {RangeError} when an event is missing in between, or follows a terminal one.
 */
export function reduceJob(state: Job | undefined, event: JobEvent): Job {
  if (state === undefined) return firstState(event);
  if (event.seq <= state.seq) return state;
  if (event.seq !== state.seq + 1)
    throw new RangeError(`event ${event.seq} does not follow event ${state.seq}`);
  if (isTerminal(state.status) && event.kind !== 'retried') {
    throw new RangeError(`event ${event.seq} (${event.kind}) follows the end of the job (${state.status})`);
  }
  return { ...state, ...change(state, event), seq: event.seq };
}

/** Lays the newest live figures over the folded state; the bar never goes back and reaches 1 only by `completed`. */
export function withLive(state: Job, live: Live | undefined): Job {
  if (live === undefined || state.status !== 'running') return state;
  const isAhead = live.progress >= state.progress;
  return {
    ...state,
    progress: Math.min(Math.max(state.progress, live.progress), highestUnfinished),
    etaSeconds: isAhead ? live.etaSeconds : state.etaSeconds,
    stage: isAhead ? live.stage : state.stage,
    activity: live.activity,
    preview: live.preview ?? state.preview,
  };
}

/** The most a job that is not completed may show: 99.9 %, so no rounding to whole or tenth percents shows 100. */
const highestUnfinished = 0.999;

function firstState(event: JobEvent): Job {
  if (event.kind !== 'created' || event.seq !== 1) {
    throw new RangeError(`a log begins with event 1, created; this is event ${event.seq}, ${event.kind}`);
  }
  return {
    id: event.jobId,
    title: event.title,
    status: 'queued',
    stage: null,
    progress: 0,
    etaSeconds: null,
    stages: event.stages,
    artifacts: [],
    warnings: [],
    error: null,
    activity: null,
    preview: null,
    attempt: 1,
    priority: event.priority ?? 'normal',
    isPausing: false,
    seq: 1,
    createdAt: event.at,
    startedAt: null,
    finishedAt: null,
  };
}

function change(state: Job, event: JobEvent): Partial<Job> {
  switch (event.kind) {
    case 'created':
      throw new RangeError('a job is created once');
    case 'started':
      return { status: 'running', startedAt: state.startedAt ?? event.at };
    case 'stage':
      return {
        stages: event.stages,
        stage: event.stage,
        progress: Math.min(Math.max(state.progress, event.progress), highestUnfinished),
        etaSeconds: event.etaSeconds,
      };
    case 'log':
      return {};
    case 'warning':
      return { warnings: [...state.warnings, { code: event.code, message: event.message }] };
    case 'artifact':
      return { artifacts: withArtifact(state, event.artifact) };
    case 'pausing':
      return { isPausing: true };
    case 'paused':
      return { status: 'paused', isPausing: false, activity: null, etaSeconds: null };
    case 'resumed':
      return { status: state.startedAt === null ? 'queued' : 'running', isPausing: false };
    case 'cancelling':
      return { status: 'cancelling', isPausing: false, etaSeconds: null };
    case 'retried':
      return retried(event.attempt, event.stages);
    case 'completed':
      return {
        ...ended(event.at),
        status: 'completed',
        progress: 1,
        artifacts: event.artifacts,
        stages: state.stages.map((stage): Stage => ({ ...stage, status: 'done' })),
      };
    case 'failed':
      return { ...ended(event.at), status: 'failed', error: event.error };
    case 'cancelled':
      return { ...ended(event.at), status: 'cancelled' };
  }
}

function withArtifact(state: Job, artifact: Job['artifacts'][number]): Job['artifacts'] {
  return [...state.artifacts.filter((existing) => existing.name !== artifact.name), artifact];
}

/** A new attempt under the same id starts the bar again; finished work is found in the store. */
function retried(attempt: number, stages: Stage[]): Partial<Job> {
  return {
    status: 'queued',
    attempt,
    stages,
    isPausing: false,
    stage: null,
    progress: 0,
    etaSeconds: null,
    artifacts: [],
    warnings: [],
    error: null,
    activity: null,
    preview: null,
    finishedAt: null,
    startedAt: null,
  };
}

function ended(at: string): Partial<Job> {
  return { stage: null, activity: null, isPausing: false, etaSeconds: 0, finishedAt: at };
}

/** The stages of a job nobody has begun. */
export function pendingStages(): Stage[] {
  return stageNames.map((name) => ({ name, status: 'pending', done: 0, total: 0, cached: 0 }));
}
