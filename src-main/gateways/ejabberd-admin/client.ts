import { type AddressPolicy, AddressRefused } from '../../base/address-guard.ts';
import { HttpClient, NoAnswer } from '../../base/http-client.ts';

/** Where the admin API is, and who asks. */
export interface AdminAccess {
  /** Up to the command: `http://host:5443/api`. */
  apiUrl: string;
  /** Bare JID; ejabberd takes it as the user name of HTTP Basic. */
  adminJid: string;
  password: string;
}

export type AdminProblemKind =
  /** Nothing answers there; `message` says why. */
  | 'unreachable'
  /** Something answers that is no ejabberd admin API. */
  | 'foreign'
  /** The JID or its password is wrong. */
  | 'credentials'
  /** The account may not call this command. */
  | 'rights'
  /** What is to be made is there already. */
  | 'conflict'
  /** ejabberd understood and could not do it. */
  | 'failed';

/** The admin API did not do what was asked. The message is ours: what the server wrote is not passed on. */
export class AdminProblem extends Error {
  readonly kind: AdminProblemKind;
  constructor(kind: AdminProblemKind, message: string) {
    super(message);
    this.name = 'AdminProblem';
    this.kind = kind;
  }
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

const PROBLEMS: Record<number, AdminProblemKind> = {
  401: 'credentials',
  403: 'rights',
  409: 'conflict',
};

/** JSON of ejabberd's; anything else comes from another program. Its refusals are `{"status":"error",…}`. */
function readAnswer(status: number, body: string): unknown {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw new AdminProblem('foreign', `no JSON (status ${status})`);
  }
  if (status === 200) return answer;
  const isRefusal = typeof answer === 'object' && answer !== null && 'status' in answer;
  // 404 and 405 mean that this path is not the API's; ejabberd answers a command it lacks in the same way.
  if (!isRefusal || status === 404 || status === 405) throw new AdminProblem('foreign', `status ${status}`);
  throw new AdminProblem(PROBLEMS[status] ?? 'failed', `status ${status}`);
}

/**
 * ejabberd's admin API (mod_http_api). The person in charge named the address, so its host may be private; what leads
 * back to this program is refused all the same, and redirects are not followed: the password stays with that address.
 */
export function ejabberdAdmin({ apiUrl, adminJid, password }: AdminAccess, ownPorts: readonly number[]) {
  const policy = (): AddressPolicy => ({
    allowLoopback: true,
    allowPrivate: URL.canParse(apiUrl) ? [new URL(apiUrl).hostname.replace(/^\[|\]$/g, '')] : [],
    ownPorts,
  });
  const client = new HttpClient(policy);
  const authorization = `Basic ${Buffer.from(`${adminJid}:${password}`).toString('base64')}`;

  return {
    /** Resolves with the command's result; rejects with `AdminProblem`. */
    async call(command: string, args: Record<string, unknown> = {}): Promise<unknown> {
      const answer = await client
        .post(`${apiUrl.replace(/\/+$/, '')}/${command}`, {
          headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify(args),
          timeoutMs: TIMEOUT_MS,
          maxAnswerBytes: MAX_ANSWER_BYTES,
        })
        .catch((error: unknown) => {
          if (error instanceof NoAnswer || error instanceof AddressRefused)
            throw new AdminProblem('unreachable', error.message);
          throw error;
        });
      return readAnswer(answer.status, answer.body);
    },
    close: () => client.close(),
  };
}
export type EjabberdAdmin = ReturnType<typeof ejabberdAdmin>;
