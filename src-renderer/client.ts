import { answer } from '../src-shared/api/common.ts';
import { PanelSession } from '../src-shared/api/panel.ts';
import { Status } from '../src-shared/api/status.ts';
import { currentSession, dropCode, keepSession, waitingCode } from './session.ts';

/** Why the engine's answer could not be used. */
export type ProblemKind =
  /** No answer at all. */
  | 'unreachable'
  /** It does not talk to this page. */
  | 'closed'
  /** Nobody has signed in here. */
  | 'signed-out'
  /** The session has ended. */
  | 'session-ended'
  /** The login link was used before or is too old. */
  | 'link-used'
  /** It answered, but not what was expected. */
  | 'broken';

export class ApiProblem extends Error {
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, detail: string) {
    super(detail);
    this.name = 'ApiProblem';
    this.kind = kind;
  }

  /** Only a person can help, by opening the page in another way. */
  get needsPerson(): boolean {
    return ['closed', 'signed-out', 'session-ended', 'link-used'].includes(this.kind);
  }
}

const ANSWER_WITHIN_MS = 10_000;
const StatusAnswer = answer(Status);

/** Whether somebody was signed in here since the page was loaded. */
let hadSession = currentSession() !== undefined;
/** Once the login link was refused, that is why the page is closed, whatever is asked. */
let isLinkRefused = false;
let signingIn: Promise<void> | undefined;

/** Sends a request with the session of this tab. In the desktop window, the program around it adds its own token. */
async function ask(path: string, init: RequestInit): Promise<Response> {
  await signIn();
  const session = currentSession();
  const headers = { ...init.headers, ...(session !== undefined && { authorization: `Bearer ${session}` }) };
  const response = await reach(path, { ...init, headers });
  if (response.ok) return response;
  throw new ApiProblem(refusalOf(response.status, session), `${path}: ${response.status}`);
}

function refusalOf(status: number, session: string | undefined): ProblemKind {
  if (status === 403) return 'closed';
  if (status !== 401) return 'broken';
  if (isLinkRefused) return 'link-used';
  // What is asked at the same time was sent with the same session; a newer one is kept.
  if (session !== undefined && session === currentSession()) keepSession(undefined);
  return session === undefined && !hadSession ? 'signed-out' : 'session-ended';
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'omit', cache: 'no-store' });
  } catch (error) {
    init.signal?.throwIfAborted();
    throw new ApiProblem('unreachable', String(error));
  }
}

/** Turns the code of a login link into a session, once for all who wait for it. */
function signIn(): Promise<void> {
  const code = waitingCode();
  if (code === undefined) return Promise.resolve();
  signingIn ??= exchange(code).finally(() => {
    signingIn = undefined;
  });
  return signingIn;
}

async function exchange(code: string): Promise<void> {
  const response = await reach('/api/v1/panel/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ code }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  // Too many at once is no answer to this code.
  if (response.status === 429) throw new ApiProblem('unreachable', 'login: 429');
  dropCode();
  const parsed = response.ok ? PanelSession.safeParse(await response.json()) : undefined;
  if (parsed?.success) keepSession(parsed.data.session);
  else isLinkRefused = currentSession() === undefined;
  hadSession ||= parsed?.success === true;
}

async function get(path: string, signal: AbortSignal): Promise<unknown> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
  const response = await ask(path, { signal: deadline, headers: { accept: 'application/json' } });
  return response.json().catch((error: unknown) => {
    signal.throwIfAborted();
    throw new ApiProblem('broken', `GET ${path}: ${String(error)}`);
  });
}

/** Accounts, bots and the engine itself. */
export async function getStatus(signal: AbortSignal): Promise<Status> {
  const parsed = StatusAnswer.safeParse(await get('/api/v1/status', signal));
  if (!parsed.success) throw new ApiProblem('broken', `GET /api/v1/status: ${parsed.error.message}`);
  return parsed.data.result;
}

/** The engine's announcements, until the connection ends. */
export async function openEvents(signal: AbortSignal): Promise<Response> {
  return ask('/api/v1/events', { signal, headers: { accept: 'text/event-stream' } });
}
