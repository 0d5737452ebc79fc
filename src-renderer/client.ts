import { ApiError } from '../src-shared/client/api-error.ts';
import { type CallOptions, type Client, createClient } from '../src-shared/client/client.ts';
import { logIn } from '../src-shared/client/window.ts';
import type { Language } from '../src-shared/text/language.ts';
import { desktop } from './desktop.ts';
import { currentSession, dropCode, keepSession, waitingCode } from './session.ts';
import { textIn } from './text/use-text.ts';

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
  /** It says why it does not do that, in words for people. */
  | 'refused'
  /** It answered, but not what was expected. */
  | 'broken';

/** An answer that could not be used. Its message is for people, in the language of the page. */
export class ApiProblem extends Error {
  readonly kind: ProblemKind;
  /** The name of the refusal. */
  readonly code: string | undefined;

  /** What happened in technical words, for who looks closer. */
  readonly detail: string;

  constructor(kind: ProblemKind, detail: string, code?: string) {
    super(kind === 'refused' ? detail : wordsOf(kind));
    this.name = 'ApiProblem';
    this.kind = kind;
    this.detail = detail;
    this.code = code;
  }

  /** Only a person can help, by opening the page in another way. */
  get needsPerson(): boolean {
    return ['closed', 'signed-out', 'session-ended', 'link-used'].includes(this.kind);
  }
}

/** Where the engine says nothing itself: what happened, and what it means where there is something to wait for. */
function wordsOf(kind: Exclude<ProblemKind, 'refused'>): string {
  const { problems } = textIn(language);
  return {
    unreachable: `${problems.unreachableTitle}. ${problems.unreachableNow}`,
    broken: `${problems.brokenTitle}. ${problems.broken}`,
    closed: `${problems.closedTitle}.`,
    'signed-out': `${problems.signedOutTitle}.`,
    'session-ended': `${problems.sessionEndedTitle}.`,
    'link-used': `${problems.linkUsedTitle}.`,
  }[kind];
}

/** Whether the engine may answer: somebody is signed in or about to be, or the program around the window sees to that. */
export const mayAsk = (): boolean =>
  currentSession() !== undefined || waitingCode() !== undefined || desktop() !== undefined;

const ANSWER_WITHIN_MS = 10_000;

/** Whether somebody was signed in here since the page was loaded. */
let hadSession = currentSession() !== undefined;
/** Once the login link was refused, that is why the page is closed, whatever is asked. */
let isLinkRefused = false;
let signingIn: Promise<void> | undefined;

let language: Language = 'en';
/** The language in which is said why something failed, by the engine and here. Says whether it was another one before. */
export const speak = (tag: Language): boolean => {
  const isOther = language !== tag;
  language = tag;
  return isOther;
};

const EVENTS = '/api/v1/events';
let before: Promise<unknown> = Promise.resolve();
/** Has everything but the announcements asked only when that is settled. */
export const askAfter = (ready: Promise<unknown>): void => {
  before = ready;
};

/** Without a session; what a link is exchanged for one with. */
const stranger = createClient();

/**
 * Calls with the session of this tab; what goes wrong is an `ApiProblem`. In the desktop window, the program around it adds
 * its own token.
 */
export const engine: Client = {
  async send(call, options) {
    await signIn();
    if (call.path !== EVENTS) await before;
    const session = currentSession();
    try {
      const headers = { 'accept-language': language, ...call.headers };
      return await createClient({ token: session }).send({ ...call, headers }, options);
    } catch (error) {
      throw error instanceof ApiError ? problemOf(error, session) : error;
    }
  },
};

const problemOf = (error: ApiError, session: string | undefined): ApiProblem => {
  const kind = kindOf(error, session);
  return new ApiProblem(kind, kind === 'refused' ? error.description : error.message, error.code);
};

/** With a limit to how long an answer may take. */
export const inTime = (signal: AbortSignal): CallOptions => ({
  signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
});

function kindOf({ httpStatus, code }: ApiError, session: string | undefined): ProblemKind {
  if (httpStatus === 0) return 'unreachable';
  if (code === 'forbidden') return 'closed';
  if (httpStatus !== 401) return httpStatus >= 400 && httpStatus !== 500 ? 'refused' : 'broken';
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

/** The engine's announcements, until the connection ends. */
export async function openEvents(signal: AbortSignal): Promise<Response> {
  return engine.send({ method: 'GET', path: EVENTS, accept: 'text/event-stream' }, { signal });
}
