import type { JobEvent, Live } from './events.ts';
import { isTerminal, type Job, type Stage, stageNames, type Warning } from './job.ts';
import { describeWork } from './work-units.ts';

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
  return { ...state, lastProgressAt: event.at, ...change(state, event), seq: event.seq };
}

/** Lays the newest live figures over the folded state; the bar never goes back and reaches 1 only by `completed`. */
export function withLive(state: Job, live: Live | undefined): Job {
  if (live === undefined) return state;
  if (state.status === 'queued') return waiting(state, live);
  if (state.status !== 'running') return state;
  const isAhead = live.progress >= state.progress;
  return {
    ...state,
    ...(isAhead && figuresOf(live, state)),
    progress: Math.min(Math.max(state.progress, live.progress), highestUnfinished),
    stages: state.stages.map((stage) => withUnits(stage, live.units?.[stage.name])),
    activity: live.activity,
    preview: live.preview ?? state.preview,
    queue: live.queue ?? null,
    lastProgressAt: later(state.lastProgressAt, live.lastProgressAt),
  };
}

/** Nothing of it is being done: there is only its place in the queue. */
function waiting(state: Job, { queue, etaSeconds, etaRange = null, activity }: Live): Job {
  return queue === undefined ? state : { ...state, queue, etaSeconds, etaRange, activity };
}

function figuresOf(
  { stage, work, etaSeconds, etaRange = null, rate = null }: Live,
  before: Job,
): Partial<Job> {
  return { stage, work: work ?? before.work, etaSeconds, etaRange, rate };
}

function withUnits(stage: Stage, done: number | undefined): Stage {
  if (done === undefined || stage.units === undefined || done <= stage.units.done) return stage;
  const units = { ...stage.units, done: Math.min(done, stage.units.total) };
  return { ...stage, units, activity: describeWork(stage.name, units) };
}

/** Both in RFC 3339, UTC, to the millisecond: in their order as text. */
function later(one: string, other: string | undefined): string {
  return other !== undefined && other > one ? other : one;
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
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
    ...noFigures,
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
    lastProgressAt: event.at,
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
        work: event.work ?? null,
        etaSeconds: event.etaSeconds,
        etaRange: event.etaRange ?? null,
        rate: event.rate ?? null,
        // The clocks of those who write may differ, or be set back: nothing got done after the event that tells of it.
        lastProgressAt: earlier(event.at, later(state.lastProgressAt, event.lastProgressAt ?? event.at)),
      };
    case 'log':
      return {};
    case 'warning':
      return { warnings: [...state.warnings, toWarning(event)] };
    case 'artifact':
      return { artifacts: withArtifact(state, event.artifact) };
    case 'pausing':
      return { isPausing: true };
    case 'paused':
      return { status: 'paused', isPausing: false, activity: null, ...idle };
    case 'resumed':
      return { status: state.startedAt === null ? 'queued' : 'running', isPausing: false };
    case 'cancelling':
      return { status: 'cancelling', isPausing: false, ...idle };
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

function toWarning({ code, message, scene }: Warning): Warning {
  return { code, message, ...(scene !== undefined && { scene }) };
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
    ...noFigures,
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
  return { stage: null, activity: null, isPausing: false, ...idle, etaSeconds: 0, finishedAt: at };
}

/** Of a job of which nothing is being done. */
const idle = { etaSeconds: null, etaRange: null, rate: null, queue: null } as const;
const noFigures = { ...idle, work: null } as const;

/** The stages of a job nobody has begun. */
export function pendingStages(): Stage[] {
  return stageNames.map((name) => ({ name, status: 'pending', done: 0, total: 0, cached: 0 }));
}
