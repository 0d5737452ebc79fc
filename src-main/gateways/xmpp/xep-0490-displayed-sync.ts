import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, child, xml } from './element.ts';
import type { Session } from './session.ts';
import type { PubsubItem } from './xep-0060-pubsub.ts';
import { onEvent, publishPep, readPep } from './xep-0163-pep.ts';
import { NS_STANZA_ID } from './xep-0359-stanza-ids.ts';

export const NS_DISPLAYED_SYNC = 'urn:xmpp:mds:displayed:0';

/** How far the person has read a conversation, whichever client showed it. */
export interface ReadPosition {
  chat: BareJid;
  /** The id that its archive gave to the newest message that was read. */
  archiveId: string;
}

type Requester = Pick<Session, 'request'>;

function positionOf({ id, payload }: PubsubItem): ReadPosition | undefined {
  const chat = bareOf(id);
  const displayed = payload?.getName() === 'displayed' ? payload : undefined;
  const stanzaId = displayed && child(displayed, 'stanza-id', NS_STANZA_ID);
  const archiveId = stanzaId && attribute(stanzaId, 'id');
  return chat && archiveId ? { chat, archiveId } : undefined;
}

/** XEP-0490: tells the person's other clients how far a conversation was read. `by`: whose archive it is. */
export async function publishRead(
  session: Requester,
  { chat, archiveId, by }: ReadPosition & { by: BareJid },
): Promise<void> {
  const payload = xml(
    'displayed',
    { xmlns: NS_DISPLAYED_SYNC },
    xml('stanza-id', { xmlns: NS_STANZA_ID, id: archiveId, by }),
  );
  const options = { access: 'whitelist', persist: true, maxItems: 'max' } as const;
  await publishPep(session, { node: NS_DISPLAYED_SYNC, id: chat, payload, options });
}

/** How far each conversation was read. */
export const readPositions = async (session: Requester): Promise<ReadPosition[]> =>
  (await readPep(session, { node: NS_DISPLAYED_SYNC })).flatMap((item) => positionOf(item) ?? []);

/** Follows what the person's other clients tell. */
export const onRead = (
  session: Pick<Session, 'jid' | 'advertise' | 'watchMessages'>,
  handler: (position: ReadPosition) => void,
): (() => void) =>
  onEvent(session, { node: NS_DISPLAYED_SYNC, owner: session.jid }, ({ items }) => {
    for (const item of items) {
      const position = positionOf(item);
      if (position) handler(position);
    }
  });
