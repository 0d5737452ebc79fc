import { answer } from '../src-shared/api/common.ts';
import { Status } from '../src-shared/api/status.ts';

/** Why the engine's answer could not be used. */
export type ProblemKind =
  /** No answer at all. */
  | 'unreachable'
  /** It does not talk to this page. */
  | 'closed'
  /** It answered, but not what was expected. */
  | 'broken';

export class ApiProblem extends Error {
  readonly kind: ProblemKind;

  constructor(kind: ProblemKind, detail: string) {
    super(detail);
    this.name = 'ApiProblem';
    this.kind = kind;
  }
}

const ANSWER_WITHIN_MS = 10_000;
const StatusAnswer = answer(Status);

async function get(path: string, signal: AbortSignal): Promise<unknown> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
  let response: Response;
  try {
    response = await fetch(path, { signal: deadline, headers: { accept: 'application/json' } });
  } catch (error) {
    signal.throwIfAborted();
    throw new ApiProblem('unreachable', String(error));
  }
  if (response.status === 401 || response.status === 403) {
    throw new ApiProblem('closed', `GET ${path}: ${response.status}`);
  }
  if (!response.ok) throw new ApiProblem('broken', `GET ${path}: ${response.status}`);
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
