import { type AddressPolicy, AddressRefused } from '../../base/address-guard.ts';
import { HttpClient, NoAnswer, type TlsTrust } from '../../base/http-client.ts';
import { CaUnreadable, trustFor } from '../../base/trust.ts';

/** Where the admin API is, and who asks. */
export interface AdminAccess {
  /** Up to the command: `http://host:5443/api`. */
  apiUrl: string;
  /** Bare JID; ejabberd takes it as the user name of HTTP Basic. */
  adminJid: string;
  password: string;
  /** PEM certificates trusted in addition to the system's, for https. */
  ca?: string | undefined;
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
  /** This ejabberd has no such command, or its module is off. */
  | 'no-command'
  /** What is to be made is there already. */
  | 'conflict'
  /** The CA given for it cannot be read. */
  | 'ca'
  /** ejabberd understood and could not do it. */
  | 'failed';

/** The admin API did not do what was asked. The message is ours: what the server wrote is not passed on. */
export class AdminProblem extends Error {
  readonly kind: AdminProblemKind;
  /** The number that ejabberd gives its refusals. */
  readonly code: number | undefined;
  constructor(kind: AdminProblemKind, message: string, code?: number) {
    super(message);
    this.name = 'AdminProblem';
    this.kind = kind;
    this.code = code;
  }
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

const PROBLEMS: Record<number, AdminProblemKind> = {
  401: 'credentials',
  403: 'rights',
  409: 'conflict',
};
const NO_COMMAND = 40;

/** JSON of ejabberd's; anything else comes from another program. Its refusals are `{"status":"error","code":10,…}`. */
function readAnswer(command: string, status: number, body: string): unknown {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw new AdminProblem('foreign', `no JSON (status ${status})`);
  }
  if (status === 200) return answer;
  const refusal = typeof answer === 'object' && answer !== null && 'status' in answer ? answer : undefined;
  const code = refusal && 'code' in refusal && typeof refusal.code === 'number' ? refusal.code : undefined;
  // Arguments that it does not take are refused in a plain text.
  if (status === 400 && typeof answer === 'string') throw new AdminProblem('failed', `status ${status}`);
  if (status === 404 && code === NO_COMMAND) throw new AdminProblem('no-command', command, code);
  // Else 404 and 405 mean that this path is not the API's.
  if (!refusal || status === 404 || status === 405) throw new AdminProblem('foreign', `status ${status}`);
  throw new AdminProblem(PROBLEMS[status] ?? 'failed', `status ${status}`, code);
}

/** Certificates are for the host in the address. Throws `AdminProblem` when the PEM cannot be read. */
function trustOf(host: string, ca: string | undefined): TlsTrust {
  try {
    const { secureContext, checkServerIdentity } = trustFor(host, ca);
    return { secureContext, checkServerIdentity };
  } catch (error) {
    if (error instanceof CaUnreadable) throw new AdminProblem('ca', error.message);
    throw error;
  }
}

/**
 * ejabberd's admin API (mod_http_api). The person in charge named the address, so its host may be private; what leads
 * back to this program is refused all the same, and redirects are not followed: the password stays with that address.
 */
export function ejabberdAdmin({ apiUrl, adminJid, password, ca }: AdminAccess, ownPorts: readonly number[]) {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, '');
  const policy = (): AddressPolicy => ({
    allowLoopback: true,
    allowPrivate: host ? [host] : [],
    ownPorts,
  });
  // Reading all authorities takes time that plain HTTP has no use for.
  const trust = url?.protocol === 'https:' && host ? trustOf(host, ca) : undefined;
  const client = new HttpClient(policy, undefined, trust);
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
      return readAnswer(command, answer.status, answer.body);
    },
    close: () => client.close(),
  };
}
export type EjabberdAdmin = ReturnType<typeof ejabberdAdmin>;
