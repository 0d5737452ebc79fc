import { randomUUID } from 'node:crypto';
import xml from '@xmpp/xml';
import type { MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { receiptRequest } from '../../gateways/xmpp/xep-0184-receipts.ts';
import { markable } from '../../gateways/xmpp/xep-0333-markers.ts';
import { originId } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';

/** Marks what an engine sent: it never becomes a command, an update or an AI question, in any engine. */
export const NS_BOTMOTHER = 'urn:botmother:0';

export interface ComposedMessage {
  id: MessageId;
  to: BareJid;
  /** The finished stanza: what is stored is what is sent, also after a restart. */
  stanza: string;
}

/**
 * A chat message as every entrance sends it: body, origin id (XEP-0359) equal to the message id, our mark. To others it
 * asks for a receipt (XEP-0184) and may be marked as displayed (XEP-0333); own clients need not tell.
 */
export function composeChat(from: BareJid, to: BareJid, text: string): ComposedMessage {
  const id = randomUUID() as MessageId;
  const questions = from === to ? [] : [receiptRequest(), markable()];
  const stanza = xml(
    'message',
    { to, id, type: 'chat' },
    xml('body', {}, text),
    originId(id),
    xml('generated', { xmlns: NS_BOTMOTHER }),
    ...questions,
  );
  return { id, to, stanza: stanza.toString() };
}
