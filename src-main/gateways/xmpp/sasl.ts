import { type BareJid, domainOf, localpartOf } from '../../../src-shared/jid.ts';
import { reason } from '../../../src-shared/text/reasons.ts';
import { type Binding, chooseBinding } from './channel-binding.ts';
import { child, childElements, childText, type Element, isElement, xml } from './element.ts';
import { foreignText } from './foreign-text.ts';
import { NS_SASL } from './namespaces.ts';
import { ConnectionProblem } from './problem.ts';
import { SCRAM_HASHES, ScramClient, ScramKeyCache, type ScramMechanism, ScramRefused } from './sasl-scram.ts';
import type { XmppStream } from './xmpp-stream.ts';

/** One for the process: accounts come and go, their keys are bound to the password. */
const keyCache = new ScramKeyCache();
const MAX_ROUNDS = 4;

/**
 * Signs in on a stream whose TLS is verified (RFC 6120, 6), with the strongest mechanism that both sides know.
 * Rejects with a `ConnectionProblem`: `credentials` when the server refused the password.
 */
export async function authenticate(
  stream: XmppStream,
  features: Element,
  { jid, password }: { jid: BareJid; password: () => string },
): Promise<void> {
  if (!stream.isSecure) throw new ConnectionProblem('insecure', reason('tls.none', {}));
  const offered = child(features, 'mechanisms', NS_SASL);
  const names = offered ? childElements(offered).map((one) => one.getText().trim()) : [];
  const binding = chooseBinding(features, names, (type) => stream.channelBinding(type));
  const mechanism = chooseMechanism(names, typeof binding === 'object');
  const domain = domainOf(jid);
  if (!mechanism) {
    const list = names.length > 0 ? names.join(', ') : 'none';
    throw new ConnectionProblem('insecure', reason('login.no-way', { domain, list: foreignText(list) }));
  }
  try {
    if (mechanism === 'PLAIN') await plain(stream, jid, password());
    else await scram(stream, { mechanism, binding }, jid, password());
  } catch (error) {
    if (!(error instanceof ScramRefused)) throw error;
    stream.write(xml('abort', { xmlns: NS_SASL }));
    throw new ConnectionProblem('insecure', reason('login.stopped', { domain, detail: error.message }), {
      cause: error,
    });
  }
}

/** A SCRAM mechanism by the name on the stream, -PLUS or not. */
type ScramName = ScramMechanism | `${ScramMechanism}-PLUS`;

/**
 * The strongest of the mechanisms offered, or undefined. One with channel binding beats any without (RFC 5802, 6);
 * PLAIN is last: it tells the server the password.
 */
export function chooseMechanism(
  offered: readonly string[],
  hasBinding: boolean,
): ScramName | 'PLAIN' | undefined {
  const hashes = Object.keys(SCRAM_HASHES) as ScramMechanism[]; // its keys are that type
  const bound = hasBinding ? hashes.map((name) => `${name}-PLUS` as const) : [];
  return [...bound, ...hashes, 'PLAIN' as const].find((name) => offered.includes(name));
}

async function scram(
  stream: XmppStream,
  { mechanism, binding }: { mechanism: ScramName; binding: Binding },
  jid: BareJid,
  password: string,
): Promise<void> {
  const isBound = mechanism.endsWith('-PLUS');
  const client = new ScramClient({
    mechanism: mechanism.replace(/-PLUS$/, '') as ScramMechanism, // what is left of a ScramName
    // A binding whose -PLUS mechanism is not known here is none.
    binding: isBound || typeof binding === 'string' ? binding : 'unsupported',
    username: localpartOf(jid),
    password,
    owner: jid,
    cache: keyCache,
  });
  stream.write(xml('auth', { xmlns: NS_SASL, mechanism }, encode(client.first())));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const answer = await stream.next();
    const text = decode(answer);
    if (isElement(answer, 'challenge', NS_SASL)) {
      stream.write(xml('response', { xmlns: NS_SASL }, encode(await client.answer(text))));
    } else if (isElement(answer, 'success', NS_SASL)) {
      if (!client.isVerified) client.verify(text);
      return;
    } else {
      throw refusal(answer, jid, isBound);
    }
  }
  throw new ScramRefused('the server does not come to an end');
}

async function plain(stream: XmppStream, jid: BareJid, password: string): Promise<void> {
  const text = `\0${localpartOf(jid)}\0${password}`;
  stream.write(xml('auth', { xmlns: NS_SASL, mechanism: 'PLAIN' }, encode(text)));
  const answer = await stream.next();
  if (!isElement(answer, 'success', NS_SASL)) throw refusal(answer, jid);
}

/** An empty text is written as "=" where it must not look like no text at all (RFC 6120, 6.4.2). */
const encode = (text: string) => (text === '' ? undefined : Buffer.from(text).toString('base64'));
const decode = (element: Element) => Buffer.from(element.getText().trim(), 'base64').toString('utf8');

const REFUSALS: Record<string, (jid: BareJid) => string> = {
  'not-authorized': (jid) => reason('login.password', { jid }),
  'account-disabled': (jid) => reason('login.disabled', { jid }),
  'credentials-expired': (jid) => reason('login.expired', { jid }),
  'invalid-authzid': (jid) => reason('login.address', { jid }),
  'malformed-request': (jid) => reason('login.way', { jid }),
};

/** The words of a SASL failure (RFC 6120, 6.5). What a new try cannot mend is a problem of credentials. */
function refusal(answer: Element, jid: BareJid, isBound = false): ConnectionProblem {
  if (!isElement(answer, 'failure', NS_SASL)) {
    return new ConnectionProblem(
      'protocol',
      reason('login.odd-answer', { domain: domainOf(jid), answer: foreignText(answer.name) }),
    );
  }
  const condition =
    childElements(answer)
      .find((one) => one.getName() !== 'text')
      ?.getName() ?? 'not-authorized';
  const said = childText(answer, 'text', NS_SASL);
  if (isBound && /channel.?binding/i.test(said ?? '')) {
    const text = reason('tls.opened', { domain: domainOf(jid) });
    return new ConnectionProblem('insecure', text, { condition });
  }
  const words = Object.hasOwn(REFUSALS, condition) ? REFUSALS[condition] : undefined;
  if (words) return new ConnectionProblem('credentials', words(jid), { condition });
  const text = reason('login.not-now', { domain: domainOf(jid), jid, said: foreignText(said || condition) });
  return new ConnectionProblem('protocol', text, { condition });
}
