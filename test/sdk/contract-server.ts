import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Asset,
  CreateJob,
  ErrorCode,
  JobEvent,
  Live,
  NewJobEvent,
  Problem,
} from '../../src/protocol/index.ts';
import {
  AuraError,
  errorTable,
  isTerminalEvent,
  type Job,
  toFailure,
  withLive,
} from '../../src/protocol/index.ts';
import { fold, numbered } from './sample-log.ts';
import { type Message, type Misbehaviour, StreamWriter } from './stream-writer.ts';

/** A job on the test server: its log may grow while streams follow it. */
export class TestJob {
  readonly log: JobEvent[];
  live: Live | undefined;
  readonly listeners = new Set<(message: Message, isLast: boolean) => void>();

  constructor(log: readonly JobEvent[]) {
    this.log = [...log];
  }

  append(event: NewJobEvent): void {
    const [added] = numbered([...this.log, event]).slice(-1);
    if (added === undefined) return;
    this.log.push(added);
    for (const listener of this.listeners) listener(messageOf(added), isTerminalEvent(added));
  }

  tick(live: Live): void {
    this.live = live;
    for (const listener of this.listeners) listener({ event: 'progress', data: JSON.stringify(live) }, false);
  }

  state(): Job {
    return withLive(fold(this.log), this.live);
  }
}

export interface ContractServer {
  readonly url: string;
  /** "METHOD path" of each request, in order. */
  readonly requests: string[];
  /** Last-Event-ID of each stream opened, in order. */
  readonly positions: (string | undefined)[];
  readonly jobs: Map<string, TestJob>;
  /** Files uploaded, by name. */
  readonly uploads: Map<string, Buffer>;
  readonly created: CreateJob[];
  close(): Promise<void>;
}

interface Setup {
  readonly jobs?: Record<string, TestJob>;
  /** How the stream opened as the n-th (from 0) behaves. */
  readonly stream?: (connection: number) => Misbehaviour;
  /** Status of the n-th (from 0) answer to GET /api/jobs/{id}; 200 when undefined. */
  readonly poll?: (request: number) => number | undefined;
  /** Called for POST /api/jobs: the log of the new job. */
  readonly create?: (body: CreateJob) => TestJob;
  readonly cancel?: (job: TestJob) => void;
  /** Called when a stream of a job has been opened, before which nothing may be missed. */
  readonly followed?: (job: TestJob) => void;
  readonly files?: Record<string, Buffer>;
}

/** What the server remembers, beside what the test set up. */
interface State extends Omit<ContractServer, 'url' | 'close'> {
  readonly setup: Setup;
  polls: number;
}

/** A request, its response, and what the server knows. */
interface Exchange {
  readonly state: State;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A real HTTP server that keeps the contract of the API, and breaks it exactly where a test says so. */
export async function startContractServer(setup: Setup): Promise<ContractServer> {
  const state: State = {
    setup,
    polls: 0,
    requests: [],
    positions: [],
    jobs: new Map(Object.entries(setup.jobs ?? {})),
    uploads: new Map(),
    created: [],
  };
  const server = createServer((request, response) => {
    state.requests.push(`${request.method} ${request.url}`);
    void answer({ state, request, response }).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...state,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, state } = exchange;
  const [, root, resource, id, action, name] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  if (root !== 'api') return html(response, 404);
  if (resource === 'assets') return json(response, 201, { assets: await upload(exchange) });
  if (resource !== 'jobs') return problem(response, 'route_not_found');
  if (id === undefined) return request.method === 'POST' ? create(exchange) : list(exchange);
  const job = state.jobs.get(id);
  if (job === undefined) return problem(response, 'job_not_found');
  if (action === 'events') return follow(exchange, job);
  if (action === 'cancel') return cancel(exchange, job);
  if (action === 'artifacts') return file(exchange, name ?? '');
  const status = state.setup.poll?.(state.polls++) ?? 200;
  return status === 200 ? json(response, 200, job.state()) : html(response, status);
}

async function create({ request, response, state }: Exchange): Promise<void> {
  const body = JSON.parse((await bytesOf(request)).toString()) as CreateJob;
  state.created.push(body);
  const job = state.setup.create?.(body);
  if (job === undefined) return problem(response, 'narration_missing');
  const created = job.state();
  state.jobs.set(created.id, job);
  json(response, 202, created);
}

function list({ response, state }: Exchange): void {
  json(response, 200, { jobs: [...state.jobs.values()].map((job) => job.state()), nextCursor: null });
}

function cancel({ response, state }: Exchange, job: TestJob): void {
  if (!job.log.some(isTerminalEvent)) {
    state.setup.cancel?.(job);
    json(response, 202, job.state());
  } else problem(response, 'job_finished');
}

function file({ response, state }: Exchange, name: string): void {
  const bytes = state.setup.files?.[name];
  if (bytes === undefined) problem(response, 'artifact_not_found');
  else response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
}

async function upload({ request, state }: Exchange): Promise<Asset[]> {
  const headers = { 'Content-Type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(await bytesOf(request)), { headers }).formData();
  const files = form.getAll('file').filter((value) => typeof value !== 'string');
  return Promise.all(files.map((part) => store(part, state)));
}

async function store(part: File, { uploads }: State): Promise<Asset> {
  const bytes = Buffer.from(await part.arrayBuffer());
  uploads.set(part.name, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { name, size: sizeBytes } = part;
  return { id: `asset:${sha256}`, name, kind: 'picture', contentType: 'image/png', sizeBytes };
}

function follow({ request, response, state }: Exchange, job: TestJob): void {
  const position = [request.headers['last-event-id']].flat()[0];
  const manner = state.setup.stream?.(state.positions.length) ?? {};
  state.positions.push(position);
  if (manner.status === 204) response.writeHead(204).end();
  else if (manner.status !== undefined) html(response, manner.status);
  else {
    stream({ job, writer: new StreamWriter(response, manner), manner, position, response });
    state.setup.followed?.(job);
  }
}

function stream(input: {
  job: TestJob;
  writer: StreamWriter;
  manner: Misbehaviour;
  position: string | undefined;
  response: ServerResponse;
}): void {
  const { job, writer, manner, position, response } = input;
  const snapshot = job.state();
  const after = position === undefined ? snapshot.seq : Number(position) - (manner.repeats ?? 0);
  if (position === undefined) {
    writer.write({ event: 'snapshot', id: snapshot.seq, data: JSON.stringify(snapshot) });
  }
  for (const event of job.log)
    if (event.seq > after && event.seq !== manner.without) writer.write(messageOf(event));
  if (job.log.some(isTerminalEvent)) writer.end();
  const listener = (message: Message, isLast: boolean) => {
    if (message.id === undefined || message.id !== manner.without) writer.write(message);
    if (isLast) writer.end();
  };
  job.listeners.add(listener);
  response.once('close', () => job.listeners.delete(listener));
}

function messageOf(event: JobEvent): Message {
  return { event: event.kind, id: event.seq, data: JSON.stringify(event) };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function html(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html' }).end('<h1>A proxy says no</h1>');
}

function problem(response: ServerResponse, code: ErrorCode): void {
  const failure = toFailure(new AuraError(code, `The test server says ${code}.`));
  const { status } = errorTable[code];
  const body: Problem = {
    ...failure,
    type: `/docs/errors#${code}`,
    status,
    instance: '/',
    requestId: 'test',
  };
  response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(body));
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
