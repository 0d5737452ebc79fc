import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, child, childElements, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';
import { NS_CLIENT } from './namespaces.ts';
import { StanzaError } from './session.ts';

export const NS_CARBONS = 'urn:xmpp:carbons:2';
const NS_FORWARD = 'urn:xmpp:forward:0';
/**
 * How long the answer may take. A busy server answers after all that waits for it in this session, and a session that is
 * given up for it sends all of that once more, to a server that is busier then. A dead server is noticed otherwise.
 */
const ANSWER_WITHIN_MS = 5 * 60_000;

/** A copy of a message that another client of the same account received or sent. */
export interface Carbon {
  direction: 'received' | 'sent';
  message: Element;
}

/** XEP-0280: Message Carbons. Asked for at each new session; a server without them is fine. */
export const carbons: SessionExtension = (session, scope) => {
  scope.add(
    session.onBound(async () => {
      try {
        const enable = xml('iq', { type: 'set' }, xml('enable', { xmlns: NS_CARBONS }));
        await session.request(enable, { timeoutMs: ANSWER_WITHIN_MS });
      } catch (error) {
        if (!(error instanceof StanzaError)) throw error;
      }
    }),
  );
};

/**
 * Takes a carbon apart. Returns undefined for a message that is none, and 'forged' for one that is not from the own bare
 * JID: anybody can send such a message, and its content must not be believed (XEP-0280, 11; CVE-2017-5589).
 */
export function unwrapCarbon(stanza: Element, ownJid: BareJid): Carbon | 'forged' | undefined {
  const wrapper = childElements(stanza).find(
    (one) => one.getNS() === NS_CARBONS && isDirection(one.getName()),
  );
  if (!wrapper) return undefined;
  const from = attribute(stanza, 'from');
  if (from !== undefined && (from.includes('/') || bareOf(from) !== ownJid)) return 'forged';
  const forwarded = child(wrapper, 'forwarded', NS_FORWARD);
  const message = forwarded && child(forwarded, 'message', NS_CLIENT);
  const direction = wrapper.getName();
  return message && isDirection(direction) ? { direction, message } : 'forged';
}

const isDirection = (name: string): name is Carbon['direction'] => name === 'received' || name === 'sent';
