import { Status } from '../src-shared/api/status.ts';
import { ApiError } from '../src-shared/client/api-error.ts';
import { type Client, createClient } from '../src-shared/client/client.ts';
import { getStatus as askForStatus, logIn } from '../src-shared/client/window.ts';
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

/** Whether somebody was signed in here since the page was loaded. */
let hadSession = currentSession() !== undefined;
/** Once the login link was refused, that is why the page is closed, whatever is asked. */
let isLinkRefused = false;
let signingIn: Promise<void> | undefined;

/** Without a session; what a link is exchanged for one with. */
const stranger = createClient();

/** Calls with the session of this tab. In the desktop window, the program around it adds its own token. */
const client: Client = {
  async send(call, options) {
    await signIn();
    const session = currentSession();
    try {
      return await createClient({ token: session }).send(call, options);
    } catch (error) {
      throw error instanceof ApiError ? problemOf(error, session) : error;
    }
  },
};

const problemOf = (error: ApiError, session: string | undefined): ApiProblem =>
  new ApiProblem(kindOf(error, session), error.message);

function kindOf({ httpStatus }: ApiError, session: string | undefined): ProblemKind {
  if (httpStatus === 0) return 'unreachable';
  if (httpStatus === 403) return 'closed';
  if (httpStatus !== 401) return 'broken';
  if (isLinkRefused) return 'link-used';
  // What is asked at the same time was sent with the same session; a newer one is kept.
  if (session !== undefined && session === currentSession()) keepSession(undefined);
  return session === undefined && !hadSession ? 'signed-out' : 'session-ended';
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
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const given = await logIn(stranger, { code }, { signal }).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    // Too many at once is no answer to this code, and neither is none at all.
    if (error.httpStatus === 0 || error.httpStatus === 429)
      throw new ApiProblem('unreachable', error.message);
    return undefined;
  });
  dropCode();
  if (given) keepSession(given.session);
  else isLinkRefused = currentSession() === undefined;
  hadSession ||= given !== undefined;
}

/** Accounts, bots and the engine itself. */
export async function getStatus(signal: AbortSignal): Promise<Status> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
  const result = await askForStatus(client, { signal: deadline }).catch((error: unknown) => {
    signal.throwIfAborted();
    // It answered, and not with what an engine says.
    throw error instanceof ApiError ? new ApiProblem('broken', error.message) : error;
  });
  const parsed = Status.safeParse(result);
  if (!parsed.success) throw new ApiProblem('broken', `GET /api/v1/status: ${parsed.error.message}`);
  return parsed.data;
}

/** The engine's announcements, until the connection ends. */
export async function openEvents(signal: AbortSignal): Promise<Response> {
  return client.send({ method: 'GET', path: '/api/v1/events', accept: 'text/event-stream' }, { signal });
}
