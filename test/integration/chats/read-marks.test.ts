import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { NS_DISPLAYED_SYNC } from '../../../src-main/gateways/xmpp/xep-0490-displayed-sync.ts';
import { madeUp } from '../../support/made-up-message.ts';
import { type ChatRig, carbonOf, chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

const MARKABLE = "<markable xmlns='urn:xmpp:chat-markers:0'/>";
/** Encrypted, for an account that cannot read it. */
function unreadable(id: string) {
  const stanza = madeUp(YOU, id, 4711, 1);
  stanza.attrs.from = `${FRIEND}/phone`;
  return stanza;
}
const marks = (rig: ChatRig) =>
  rig.sent(FRIEND).flatMap((one) => one.getChild('displayed', 'urn:xmpp:chat-markers:0')?.attrs.id ?? []);

describe('how far a conversation was read', () => {
  it('is told only when somebody has looked: to the sender, and to other clients of the person', async () => {
    const rig = await chatRig();
    rig.server.rosters.set(YOU, `<item jid='${FRIEND}' subscription='both'/>`);
    await rig.hear(said('one', { id: 'f1', more: MARKABLE }), said('two', { id: 'f2', more: MARKABLE }));
    await rig.write(FRIEND, 'so that you may know that I am here');
    await rig.settled();
    await rig.hear(said('three', { id: 'f3', more: MARKABLE }));
    const [, , , last] = await rig.messages(FRIEND);
    expect(marks(rig)).toEqual([]);
    expect(await rig.chat(FRIEND)).toMatchObject({ unread: 1 });

    await rig.asked('POST', `${rig.pathOf(FRIEND)}/read`, { up_to: last?.id });

    await until('the marker', () => marks(rig).length > 0);
    expect(marks(rig)).toEqual(['f3']);
    expect(await rig.chat(FRIEND)).toMatchObject({ unread: 0, read_up_to: last?.id });
    const item = await until('the position', () => rig.server.item(YOU, NS_DISPLAYED_SYNC, FRIEND));
    expect(item.getChild('stanza-id')?.attrs).toMatchObject({ by: YOU, id: expect.stringMatching(/^a\d+$/) });
    await rig.asked('POST', `${rig.pathOf(FRIEND)}/read`, { up_to: last?.id });
    expect(marks(rig)).toHaveLength(1);
  });

  it('is told of what a notice or an unasking message stands after', async () => {
    const rig = await chatRig();
    rig.server.rosters.set(YOU, `<item jid='${FRIEND}' subscription='both'/>`);
    await rig.open(FRIEND);
    await rig.write(FRIEND, 'so that you may know that I am here');
    await rig.settled();
    await rig.hear(said('one', { id: 'f1', more: MARKABLE }), said('two', { id: 'f2' }), unreadable('x1'));
    const all = await until('the notice', async () => {
      const found = await rig.messages(FRIEND);
      return found.at(-1)?.kind === 'notice' && found;
    });

    await rig.asked('POST', `${rig.pathOf(FRIEND)}/read`, { up_to: all.at(-1)?.id });

    await until('the marker', () => marks(rig).length > 0);
    expect(marks(rig)).toEqual(['f1']);
    await until('the position', () => rig.server.item(YOU, NS_DISPLAYED_SYNC, FRIEND));
  });

  it('is heard from other clients: by their markers, and by what they publish', async () => {
    const rig = await chatRig();
    await rig.hear(said('one', { id: 'f1' }), said('two', { id: 'f2' }), said('three', { id: 'f3' }));
    const marker = `<message xmlns='jabber:client' from='${YOU}/phone' to='${FRIEND}' id='m1' type='chat'><displayed xmlns='urn:xmpp:chat-markers:0' id='f2'/></message>`;

    await rig.hear(carbonOf(marker));
    expect(await rig.chat(FRIEND)).toMatchObject({ unread: 1 });
    const stored = await rig.engine.store.read
      .selectFrom('chat_message')
      .select(['message_id', 'archive_id'])
      .execute();
    const archiveId = stored.find(({ message_id }) => message_id === 'f3')?.archive_id;
    rig.server.tell(
      YOU,
      String(
        parse(
          `<message from='${YOU}' to='${YOU}/engine'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='${NS_DISPLAYED_SYNC}'><item id='${FRIEND}'><displayed xmlns='${NS_DISPLAYED_SYNC}'><stanza-id xmlns='urn:xmpp:sid:0' by='${YOU}' id='${archiveId}'/></displayed></item></items></event></message>`,
        ),
      ),
    );

    await until('nothing to be unread', async () => (await rig.chat(FRIEND)).unread === 0);
  });
});
