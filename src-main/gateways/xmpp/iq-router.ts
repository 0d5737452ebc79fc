import { randomBytes } from 'node:crypto';
import { type BareJid, bareOf, domainOf, type FullJid, fullJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Scope } from '../../base/scope.ts';
import {
  attribute,
  childElements,
  type Element,
  errorElement,
  isDropped,
  serialize,
  stanzaError,
  UnsendableStanza,
  xml,
} from './element.ts';
import { RequestTimeout, SessionLost, StanzaError } from './session.ts';

export type IqHandler = (iq: Element) => Element | undefined | Promise<Element | undefined>;

interface PendingRequest {
  to: string | undefined;
  resolve: (answer: Element) => void;
  reject: (reason: Error) => void;
  cancelTimer: () => void;
}

interface IqRouterDeps {
  jid: BareJid;
  clock: Clock;
  scope: Scope;
  logger: Logger;
  boundJid: () => FullJid | undefined;
}

const REQUEST_TIMEOUT_MS = 30_000;
const TOO_LARGE = 'The stanza is too large or too deep.';

/** Questions and answers of one session (RFC 6120, 8.2.3): each request gets exactly one answer, both ways. */
export class IqRouter {
  readonly #deps: IqRouterDeps;
  readonly #pending = new Map<string, PendingRequest>();
  readonly #handlers = new Map<string, IqHandler>();
  readonly #admissions = new Set<(iq: Element) => boolean>();

  constructor(deps: IqRouterDeps) {
    this.#deps = deps;
  }

  /** Gives the iq an id that nobody can guess and hands it to `write`. Rejects with StanzaError, SessionLost, time-out. */
  request(iq: Element, timeoutMs: number | undefined, write: (iq: Element) => void): Promise<Element> {
    const { clock, scope } = this.#deps;
    const id = randomBytes(12).toString('base64url');
    iq.attrs.id = id;
    const to = attribute(iq, 'to');
    return new Promise((resolve, reject) => {
      const waitMs = timeoutMs ?? REQUEST_TIMEOUT_MS;
      const cancelTimer = clock.after(scope, waitMs, () => {
        this.#pending.delete(id);
        reject(new RequestTimeout(to ?? 'the server', waitMs));
      });
      this.#pending.set(id, { to, resolve, reject, cancelTimer });
      try {
        write(iq);
      } catch (error) {
        cancelTimer();
        this.#pending.delete(id);
        reject(error);
      }
    });
  }

  /** An answer came. It counts only when it is from the address that was asked. */
  settle(answer: Element): void {
    const id = attribute(answer, 'id') ?? '';
    const pending = this.#pending.get(id);
    if (!['result', 'error'].includes(attribute(answer, 'type') ?? '')) return;
    if (!pending || !this.#isFrom(attribute(answer, 'from'), pending.to)) return;
    this.#pending.delete(id);
    pending.cancelTimer();
    if (isDropped(answer)) pending.reject(new StanzaError('policy-violation', 'cancel', TOO_LARGE));
    else if (attribute(answer, 'type') === 'result') pending.resolve(answer);
    else pending.reject(stanzaError(answer));
  }

  /** The session is gone and so are the answers. */
  abandon(reason: string): void {
    for (const { reject, cancelTimer } of this.#pending.values()) {
      cancelTimer();
      reject(new SessionLost(reason));
    }
    this.#pending.clear();
  }

  handle(type: 'get' | 'set', name: string, namespace: string, handler: IqHandler): () => void {
    const key = keyOf(type, name, namespace);
    this.#handlers.set(key, handler);
    return () => {
      if (this.#handlers.get(key) === handler) this.#handlers.delete(key);
    };
  }

  /** Questions are looked at only when every such test lets them in. */
  admit(isAdmitted: (iq: Element) => boolean): () => void {
    this.#admissions.add(isAdmitted);
    return () => this.#admissions.delete(isAdmitted);
  }

  /** The answer to a request that came: always one, an error where nobody knows the question (RFC 6120, 8.4). */
  async answer(iq: Element): Promise<Element> {
    const attributes = { to: attribute(iq, 'from'), id: attribute(iq, 'id') };
    try {
      const result = await this.#handlerFor(iq)(iq);
      return xml('iq', { type: 'result', ...attributes }, result);
    } catch (error) {
      if (!(error instanceof StanzaError)) this.#deps.logger.error({ err: error }, 'iq handler failed');
      const refusal =
        error instanceof StanzaError ? error : new StanzaError('internal-server-error', 'cancel', '');
      return xml('iq', { type: 'error', ...attributes }, errorElement(refusal));
    }
  }

  #handlerFor(iq: Element): IqHandler {
    // First of all: to whom nobody is here, even a malformed question gets the answer of nobody.
    if (![...this.#admissions].every((isAdmitted) => isAdmitted(iq)))
      throw new StanzaError('service-unavailable', 'cancel', '');
    if (isDropped(iq)) throw new StanzaError('policy-violation', 'modify', TOO_LARGE);
    const [payload, ...more] = childElements(iq);
    if (!payload || more.length > 0) throw new StanzaError('bad-request', 'modify', '');
    const namespace = payload.getNS() ?? '';
    const handler = this.#handlers.get(keyOf(attribute(iq, 'type') ?? '', payload.getName(), namespace));
    if (handler) return handler;
    const isKnown = [...this.#handlers.keys()].some((key) => key.endsWith(`\n${namespace}`));
    throw new StanzaError(isKnown ? 'feature-not-implemented' : 'service-unavailable', 'cancel', '');
  }

  /** RFC 6120, 8.1.2.1: the own account and its server may answer for each other, and without a `from`. */
  #isFrom(from: string | undefined, asked: string | undefined): boolean {
    return this.#canonical(from) === this.#canonical(asked);
  }

  #canonical(address: string | undefined): string {
    const { jid, boundJid } = this.#deps;
    const prepared = address === undefined ? '' : prepare(address);
    return ['', jid, domainOf(jid), boundJid()].includes(prepared) ? '' : prepared;
  }
}

/** An answer as text. One that cannot be sent as it is gives way to an error: who asked is told at least that. */
export function serializeAnswer(answer: Element): string {
  try {
    return serialize(answer);
  } catch (error) {
    if (!(error instanceof UnsendableStanza)) throw error;
    const refusal = errorElement(new StanzaError('internal-server-error', 'cancel', ''));
    return serialize(xml('iq', { ...answer.attrs, type: 'error' }, refusal));
  }
}

const keyOf = (type: string, name: string, namespace: string) => `${type}\n${name}\n${namespace}`;

/** Equal addresses become equal texts; a server's or room's address may have no local part. */
function prepare(address: string): string {
  if (!address.includes('@')) return address.toLowerCase();
  try {
    return address.includes('/') ? fullJid(address) : (bareOf(address) ?? address);
  } catch {
    return address;
  }
}
