import { randomUUID } from 'node:crypto';
import xml from '@xmpp/xml';
import type { MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';

/** Marks what an engine sent: it never becomes a command, an update or an AI question, in any engine. */
export const NS_BOTMOTHER = 'urn:botmother:0';
const NS_STANZA_ID = 'urn:xmpp:sid:0';

export interface ComposedMessage {
  id: MessageId;
  to: BareJid;
  /** The finished stanza: what is stored is what is sent, also after a restart. */
  stanza: string;
}

/** A chat message as every entrance sends it: body, origin id (XEP-0359) equal to the message id, our mark. */
export function composeChat(to: BareJid, text: string): ComposedMessage {
  const id = randomUUID() as MessageId;
  const stanza = xml(
    'message',
    { to, id, type: 'chat' },
    xml('body', {}, text),
    xml('origin-id', { xmlns: NS_STANZA_ID, id }),
    xml('generated', { xmlns: NS_BOTMOTHER }),
  );
  return { id, to, stanza: stanza.toString() };
}
