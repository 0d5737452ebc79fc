import { readFileSync } from 'node:fs';
import xml, { type Element } from '@xmpp/xml';
import { systemClock } from '../../src-main/base/clock.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { sessionPool } from '../../src-main/gateways/xmpp/session-pool.ts';
import { readReceipt } from '../../src-main/gateways/xmpp/xep-0184-receipts.ts';
import { unwrapCarbon } from '../../src-main/gateways/xmpp/xep-0280-carbons.ts';
import { bareJid, bareOf } from '../../src-shared/jid.ts';
import { until } from './until.ts';

/** A person's chat client, made of our own gateway: for what many messages need and no screen. */
export async function chatClient(
  server: { service: string; caFile: string },
  jid: string,
  password: string,
  resource = 'phone',
) {
  const pool = sessionPool({ clock: systemClock, logger: silentLogger });
  const received: Element[] = [];
  const session = pool.start({
    jid: bareJid(jid),
    resource,
    password: () => password,
    service: server.service,
    ca: readFileSync(server.caFile, 'utf8'),
  });
  const resources = new Set<string>();
  session.onPresence(({ attrs }) => void resources.add(String(attrs.from)));
  session.onMessage(async (stanza) => void received.push(stanza));
  await until(`${jid} online`, () => session.state === 'online');
  return {
    /** Bodies of the chat messages that came directly (no carbons), in order. */
    bodies: () =>
      received
        .map((stanza) => stanza.getChildText('body'))
        .filter((body) => body !== null && body !== undefined),
    /** Every message of a conversation that came, directly or as a carbon, once each: by its origin id. */
    seen: (from: string, to: string) => seenIn(received, jid, { from, to }),
    /** The same as somebody reads it: corrections stand in the place of what they correct. */
    read: (from: string, to: string) => seenIn(received, jid, { from, to }, correctedBy),
    /** The ids of own messages whose receipt came. */
    receipts: () => received.flatMap((stanza) => readReceipt(stanza)?.id ?? []),
    ids: () => received.filter((stanza) => stanza.getChild('body')).map((stanza) => String(stanza.attrs.id)),
    /** Every message stanza that came directly, in order. */
    stanzas: (): readonly Element[] => received,
    /** Resolves when the server has it. */
    say: (to: string, text: string, id: string = crypto.randomUUID()) =>
      session.send(
        xml(
          'message',
          { to, id, type: 'chat' },
          xml('body', {}, text),
          xml('origin-id', { xmlns: 'urn:xmpp:sid:0', id }),
        ),
      ),
    send: (stanza: Element) => session.send(stanza),
    /** Full JIDs whose presence came. */
    resources: () => [...resources],
    /** Asks another address; resolves with the answer. */
    request: (iq: Element) => session.request(iq),
    /** The session itself, for what has no name here. */
    session,
    close: () => pool.stopAll(),
  };
}
const correctedBy = (message: Element): string | undefined =>
  message.getChild('replace', 'urn:xmpp:message-correct:0')?.attrs.id;

function seenIn(
  received: Element[],
  own: string,
  { from, to }: { from: string; to: string },
  corrected: (message: Element) => string | undefined = () => undefined,
): string[] {
  const texts = new Map<string, string>();
  for (const stanza of received) {
    const carbon = unwrapCarbon(stanza, bareJid(own));
    const message = carbon === undefined || carbon === 'forged' ? stanza : carbon.message;
    const body = message.getChildText('body');
    const isOfPair = bareOf(message.attrs.from ?? own) === from && bareOf(message.attrs.to ?? own) === to;
    if (body && isOfPair) texts.set(String(corrected(message) ?? message.attrs.id), body);
  }
  return [...texts.values()];
}

export type ChatClient = Awaited<ReturnType<typeof chatClient>>;
