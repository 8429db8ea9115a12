import {
  AuraError,
  type ErrorCode,
  fromFailure,
  problemSchema,
  retryAfterSeconds,
} from '../protocol/index.ts';

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export interface HttpRequest {
  /** Path and query, from the server's root. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  readonly signal?: AbortSignal | undefined;
  /** How long the answer may take: with `json` all of it, with `open` until it begins. None for event streams, which have a watch of their own. */
  readonly deadlineSeconds?: number;
  /** A status outside 200 to 299 whose answer has the usual shape all the same. */
  readonly alsoAccept?: number;
}

/** Any of the protocol's schemas. */
export interface Schema<Result> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: Result } | { readonly success: false; readonly error: unknown };
}

/** One server, spoken to with the errors of our own table. */
export interface Http {
  url(path: string): string;
  /** @throws {AuraError} for every answer outside 200 to 299, with the code of its problem. */
  open(request: HttpRequest): Promise<Response>;
  /** The answer's JSON, checked. @throws {AuraError} as `open` does, and when the answer has another shape. */
  json<Result>(request: HttpRequest & { readonly schema: Schema<Result> }): Promise<Result>;
}

/** How long a plain request may take, in seconds. */
export const requestDeadlineSeconds = 30;

export function createHttp({ baseUrl, fetch }: { readonly baseUrl: string; readonly fetch: Fetch }): Http {
  const root = baseUrl.replace(/\/+$/, '');
  const url = (path: string) => `${root}${path}`;
  const send = async <Result>(request: HttpRequest, read: (response: Response) => Promise<Result>) => {
    const { signal, clear } = startDeadline(request);
    try {
      const response = await fetch(url(request.path), { ...requestInit(request), ...(signal && { signal }) });
      if (!response.ok && response.status !== request.alsoAccept)
        throw await errorOf(response, url(request.path));
      return await read(response);
    } catch (error) {
      request.signal?.throwIfAborted();
      throw error instanceof AuraError ? error : unreachable(root, error);
    } finally {
      clear();
    }
  };
  return {
    url,
    open: (request) => send(request, async (response) => response),
    json: (request) =>
      send({ deadlineSeconds: requestDeadlineSeconds, ...request }, async (response) => {
        const parsed = request.schema.safeParse(parseJson(await response.text()));
        if (parsed.success) return parsed.data;
        throw new AuraError('server_unreachable', `${url(request.path)} gave an answer that is not Aura’s.`, {
          cause: parsed.error,
        });
      }),
  };
}

/** The request's own signal and its deadline, whichever comes first; once cleared only the former is left. */
function startDeadline({ signal, deadlineSeconds }: HttpRequest): {
  readonly signal: AbortSignal | undefined;
  clear(): void;
} {
  if (deadlineSeconds === undefined) return { signal, clear: () => {} };
  const late = new AbortController();
  const expire = () => late.abort(new DOMException('The deadline has passed.', 'TimeoutError'));
  const timer = setTimeout(expire, deadlineSeconds * 1000);
  return {
    signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    clear: () => clearTimeout(timer),
  };
}

function requestInit({ method, headers, body }: HttpRequest): RequestInit {
  const contentType = typeof body === 'string' ? { 'Content-Type': 'application/json' } : {};
  return {
    method: method ?? 'GET',
    headers: { ...contentType, ...headers },
    cache: 'no-store',
    ...(body !== undefined && { body }),
  };
}

async function errorOf(response: Response, url: string): Promise<AuraError> {
  const problem = problemSchema.safeParse(parseJson(await response.text()));
  const seconds = retryAfterSeconds(response.headers.get('retry-after') ?? undefined, new Date());
  if (problem.success) {
    const { jobStatus } = problem.data;
    return fromFailure(problem.data, {
      ...(seconds > 0 && { retryAfterSeconds: seconds }),
      ...(jobStatus !== undefined && { jobStatus }),
    });
  }
  return new AuraError(codeOf(response.status), `${url} answered ${response.status} ${response.statusText}.`);
}

/** For an answer that is not a problem of ours: a proxy's page, or another program on that port. */
function codeOf(status: number): ErrorCode {
  if (status >= 500 || status === 408 || status === 429) return 'server_unreachable';
  return status === 413 ? 'body_too_large' : 'route_not_found';
}

function unreachable(root: string, cause: unknown): AuraError {
  const isLate = cause instanceof DOMException && cause.name === 'TimeoutError';
  const what = isLate ? 'did not answer in time' : 'did not answer';
  return new AuraError('server_unreachable', `The server at ${root || 'this address'} ${what}.`, { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
