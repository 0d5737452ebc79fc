import { randomBytes } from 'node:crypto';
import type { FullJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import type { Arrival } from './arrivals.ts';
import { bind, signIn } from './connection.ts';
import { attribute, type Element, serialize, stanzaError } from './element.ts';
import type { ResolveSrv } from './endpoint.ts';
import type { SessionConfig } from './session.ts';
import type { XmppStream } from './xmpp-stream.ts';

export interface StreamDeps {
  clock: Clock;
  /** Closing it closes the connection. */
  scope: Scope;
  resolveSrv?: ResolveSrv;
}

/** For a few questions to the server and no more: no presence, no messages, no resumption. */
export interface ShortSession {
  readonly boundJid: FullJid;
  /** As that of a `Session`; a stream that ends first rejects with its `ConnectionProblem`. */
  request(iq: Element): Promise<Element>;
  /** Closes the stream in order. */
  close(): Promise<void>;
}

/** Signs in and binds a resource. Rejects with a `ConnectionProblem`. */
export async function shortSession(config: SessionConfig, deps: StreamDeps): Promise<ShortSession> {
  const { stream } = await signIn(config, deps);
  const boundJid = await bind(stream, config);
  return { boundJid, request: (iq) => ask(stream, iq), close: () => stream.close() };
}

/** Sends an iq and resolves with the result. Rejects with `StanzaError`, or the `ConnectionProblem` that ended the stream. */
export async function ask(stream: XmppStream, iq: Element): Promise<Element> {
  const id = randomBytes(12).toString('base64url');
  iq.attrs.id = id;
  stream.writeText(serialize(iq));
  // Nobody else can know the id, so whoever has it was asked. What comes in between is for nobody here.
  const skipped: Arrival[] = [];
  const answer = await stream.next((one) => one.getName() === 'iq' && attribute(one, 'id') === id, skipped);
  if (attribute(answer, 'type') === 'result') return answer;
  throw stanzaError(answer);
}
