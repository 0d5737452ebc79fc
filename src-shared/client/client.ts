import { ApiError } from './api-error.ts';

export interface ClientOptions {
  /** Where the engine is, such as `http://localhost:7842`; left out, the place that the page came from. */
  baseUrl?: string | undefined;
  /** The token of a bot, the admin token, or a function that finds what is valid now. */
  token?: string | undefined | (() => string | undefined | Promise<string | undefined>);
  /** How requests are made; `fetch` unless something else is given. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** What every call can be given besides the fields of its route. */
export interface CallOptions {
  /** Ends the call; it then rejects with the reason of the signal. */
  signal?: AbortSignal | undefined;
  /** Makes a repeat within 24 hours safe, where the route takes it. */
  idempotencyKey?: string | undefined;
}

/** The parts of a request, as the functions of the routes fill them. */
export interface Call {
  method: string;
  /** With its parameters filled in. */
  path: string;
  query?: object | undefined;
  /** Sent as JSON, or as a form where a member of it is a file. */
  body?: object | undefined;
  headers?: Readonly<Record<string, string | undefined>> | undefined;
  accept?: string;
}

/** Makes requests to one engine. The functions of the routes take it first. */
export interface Client {
  /** Resolves with an answer of status 200; any other, and none at all, rejects with an `ApiError`. */
  send(call: Call, options?: CallOptions): Promise<Response>;
}

/** A client for one engine and one token. It holds nothing that would have to be closed. */
export function createClient({ baseUrl = '', token, fetch = globalThis.fetch }: ClientOptions = {}): Client {
  const base = baseUrl.replace(/\/+$/, '');
  return {
    async send(call, { signal, idempotencyKey } = {}) {
      const bearer = typeof token === 'function' ? await token() : token;
      const { body, type } = bodyOf(call.body);
      const headers = definedOnly({
        accept: call.accept ?? 'application/json',
        authorization: bearer === undefined ? undefined : `Bearer ${bearer}`,
        'content-type': type,
        'idempotency-key': idempotencyKey,
        ...call.headers,
      });
      const where = `${call.method} ${call.path}`;
      const answer = await fetch(`${base}${call.path}${queryText(call.query)}`, {
        method: call.method,
        headers,
        // No cookie and no cached answer, and no token for whoever else is named in a redirect.
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      }).catch((error: unknown) => {
        signal?.throwIfAborted();
        throw new ApiError(where, { code: 'unreachable', httpStatus: 0, cause: error });
      });
      if (answer.status === 200) return answer;
      throw await refusalOf(where, answer);
    },
  };
}

/** The error of an answer that is none of status 200. */
async function refusalOf(where: string, answer: Response): Promise<ApiError> {
  const said: unknown = await answer.json().catch(() => undefined);
  const { error, description, parameters } = (said ?? {}) as {
    error?: string;
    description?: string;
    parameters?: { retry_after?: number };
  };
  const after = parameters?.retry_after ?? Number(answer.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(where, {
    // What no engine of ours has answered (a proxy, say) has no word of ours.
    code: error ?? 'unexpected_answer',
    httpStatus: answer.status,
    description,
    retryAfter: Number.isFinite(after) ? after : undefined,
  });
}

function bodyOf(body: object | undefined): { body?: string | FormData; type?: string } {
  if (body === undefined) return {};
  const fields = Object.entries(body).filter(([, value]) => value !== undefined);
  // The type of a form carries its boundary; only `fetch` knows that.
  if (fields.some(([, value]) => value instanceof Blob)) return { body: formOf(fields) };
  return { body: JSON.stringify(body), type: 'application/json' };
}

function formOf(fields: [string, unknown][]): FormData {
  const form = new FormData();
  // Fields before files: who reads along knows what a file is for when it comes.
  const isFile = ([, value]: [string, unknown]) => value instanceof Blob;
  for (const [name, value] of fields.filter((field) => !isFile(field))) form.append(name, String(value));
  for (const [name, value] of fields.filter(isFile)) form.append(name, value as Blob);
  return form;
}

function queryText(query: object = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, Array.isArray(value) ? value.join(',') : String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

const definedOnly = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
