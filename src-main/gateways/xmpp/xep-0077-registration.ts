import { domainOf, localpartOf } from '../../../src-shared/jid.ts';
import { type ConnectionDeps, openUnnamed, type ServerPlace } from './connection.ts';
import { submitForm } from './data-form.ts';
import { attribute, child, childElements, type Element, xml } from './element.ts';
import { foreignText } from './foreign-text.ts';
import { NS_CLIENT, NS_DATA_FORM } from './namespaces.ts';
import { ConnectionProblem } from './problem.ts';
import { type SessionConfig, StanzaError } from './session.ts';
import { ask, type StreamDeps, shortSession } from './short-session.ts';
import type { XmppStream } from './xmpp-stream.ts';

export const NS_REGISTER = 'jabber:iq:register';
export const NS_FEATURE = 'http://jabber.org/features/iq-register';

/** The server makes no accounts for strangers, or not without more than a name and a password. */
export class RegistrationClosed extends Error {
  readonly reason: 'not-offered' | 'wants-more';
  constructor(reason: RegistrationClosed['reason'], message: string) {
    super(message);
    this.name = 'RegistrationClosed';
    this.reason = reason;
  }
}

interface Registration {
  /** Resolves with whether the account was made; `false` means that the name is taken. Rejects with `StanzaError`. */
  register(localpart: string, password: string): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * XEP-0077, before signing in: asks what a new account needs, and resolves when a name and a password are enough.
 * Rejects with `RegistrationClosed` or `ConnectionProblem`.
 */
export async function openRegistration(place: ServerPlace, deps: ConnectionDeps): Promise<Registration> {
  const { stream, features } = await openUnnamed(place, deps);
  const { domain } = place;
  try {
    if (!child(features, 'register', NS_FEATURE)) {
      throw new RegistrationClosed('not-offered', `${domain} does not offer it.`);
    }
    const hasForm = await readQuestions(stream, domain);
    return {
      register: (localpart, password) => register(stream, { domain, localpart, password, hasForm }),
      close: () => stream.close(),
    };
  } catch (error) {
    void stream.close();
    throw error;
  }
}

const query = (...children: (Element | undefined)[]) => xml('query', { xmlns: NS_REGISTER }, ...children);
const iq = (type: 'get' | 'set', to: string | undefined, payload: Element) =>
  xml('iq', { xmlns: NS_CLIENT, type, to }, payload);

/** Whether the server asks by a data form (XEP-0077, 4) or by single elements. */
async function readQuestions(stream: XmppStream, domain: string): Promise<boolean> {
  const answer = await ask(stream, iq('get', domain, query())).catch((error: unknown) => {
    if (!(error instanceof StanzaError)) throw error;
    throw new RegistrationClosed('not-offered', `${domain} refuses it (${error.condition}).`);
  });
  const asked = child(answer, 'query', NS_REGISTER);
  const form = asked && child(asked, 'x', NS_DATA_FORM);
  const names = form ? requiredOf(form) : namesOf(asked);
  const more = names.filter((name) => name !== 'username' && name !== 'password');
  if (more.length > 0) {
    const list = foreignText(more.join(', '));
    throw new RegistrationClosed('wants-more', `${domain} asks for more than name and password: ${list}.`);
  }
  if (!form && names.length === 0) {
    throw new RegistrationClosed('wants-more', `${domain} wants it to be done on a web page.`);
  }
  return form !== undefined;
}

const requiredOf = (form: Element): string[] =>
  childElements(form)
    .filter((field) => childElements(field).some((one) => one.getName() === 'required'))
    .map((field) => attribute(field, 'var') ?? '');

/** All that single elements ask for has to be given. */
const namesOf = (asked: Element | undefined): string[] =>
  (asked ? childElements(asked) : [])
    .filter((one) => one.getNS() === NS_REGISTER)
    .map((one) => one.getName())
    .filter((name) => name !== 'instructions' && name !== 'registered');

async function register(
  stream: XmppStream,
  given: { domain: string; localpart: string; password: string; hasForm: boolean },
): Promise<boolean> {
  const { domain, localpart, password, hasForm } = given;
  const filled = hasForm
    ? query(submitForm(NS_REGISTER, { username: localpart, password }))
    : query(xml('username', {}, localpart), xml('password', {}, password));
  try {
    await ask(stream, iq('set', domain, filled));
    return true;
  } catch (error) {
    if (!(error instanceof StanzaError)) throw error;
    if (error.condition === 'conflict') return false;
    // ejabberd offers what it then allows to nobody.
    if (!CLOSED.has(error.condition)) throw error;
    throw new RegistrationClosed('not-offered', `${domain} does not allow it to this machine.`);
  }
}

const CLOSED = new Set(['forbidden', 'not-allowed', 'service-unavailable']);

/**
 * Signs in as the account and ends it. Rejects with `ConnectionProblem`: `credentials` when this password opens no such
 * account; with `StanzaError` when the server does not allow it.
 */
export async function cancelRegistration(config: SessionConfig, deps: StreamDeps): Promise<void> {
  const session = await shortSession(config, deps);
  const request = iq('set', undefined, query(xml('remove')));
  try {
    await session.request(request);
  } catch (error) {
    // The session ends with the account, perhaps before the answer is out (XEP-0077, 3.2): the next sign-in tells.
    if (!(error instanceof ConnectionProblem)) throw error;
    if (await canSignIn(config, deps)) throw error;
  } finally {
    void session.close();
  }
}

async function canSignIn(config: SessionConfig, deps: StreamDeps): Promise<boolean> {
  try {
    const again = await shortSession(config, deps);
    void again.close();
    return true;
  } catch (error) {
    if (error instanceof ConnectionProblem && error.kind === 'credentials') return false;
    throw error;
  }
}

/** Signs in as the account and gives it another password (XEP-0077, 3.3). Rejects as `cancelRegistration`. */
export async function changeOwnPassword(
  config: SessionConfig,
  password: string,
  deps: StreamDeps,
): Promise<void> {
  const session = await shortSession(config, deps);
  const { jid } = config;
  const fields = [xml('username', {}, localpartOf(jid)), xml('password', {}, password)];
  try {
    await session.request(iq('set', domainOf(jid), query(...fields)));
  } finally {
    void session.close();
  }
}
