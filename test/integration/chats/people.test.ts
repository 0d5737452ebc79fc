import { describe, expect, it } from 'vitest';
import { chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const typing = (state: string) =>
  `<message from='${FRIEND}/phone' to='${YOU}' id='t-${state}' type='chat'><${state} xmlns='http://jabber.org/protocol/chatstates'/></message>`;

function serverWithFriend(): ScriptedServer {
  const server = new ScriptedServer();
  server.rosters.set(YOU, `<item jid='${FRIEND}' name='Ada' subscription='both'/>`);
  return server;
}

describe('people in conversations', () => {
  it('have the name and the presence that the contact list tells', async () => {
    const rig = await chatRig({ server: serverWithFriend() });
    await rig.hear(said('hi', { id: 'f1' }));
    await until('the name', async () => (await rig.chat(FRIEND)).name === 'Ada');
    expect(await rig.chat(FRIEND)).toMatchObject({ presence: 'offline', typing: [] });

    rig.server.tell(YOU, `<presence from='${FRIEND}/phone'><show>away</show></presence>`);
    expect(await rig.chat(FRIEND)).toMatchObject({ presence: 'away' });
    rig.server.tell(YOU, `<presence from='${FRIEND}/desk'/>`);
    expect(await rig.chat(FRIEND)).toMatchObject({ presence: 'online' });
    rig.server.tell(YOU, `<presence from='${FRIEND}/desk' type='unavailable'/>`);
    rig.server.tell(YOU, `<presence from='${FRIEND}/phone' type='unavailable'/>`);
    expect(await rig.chat(FRIEND)).toMatchObject({ presence: 'offline' });
    // Strangers say what they like.
    rig.server.tell(YOU, `<presence from='stranger@localhost/x'/>`);
    expect(rig.events.filter(({ data }) => data.chat === 'stranger@localhost')).toEqual([]);
  });

  it('are called as the contact list says, else as they want to be, and by their address where they want nothing', async () => {
    const server = new ScriptedServer();
    const other = 'other@localhost';
    server.rosters.set(
      YOU,
      `<item jid='${FRIEND}' subscription='both'/><item jid='${other}' name='Boss' subscription='both'/>`,
    );
    const rig = await chatRig({ server });
    for (const [id, from] of [`${FRIEND}/phone`, `${other}/phone`, 'stranger@localhost/x'].entries())
      await rig.hear(said('hi', { id: `n${id}`, from }));
    const name = async (jid: string) => (await rig.chat(jid)).name;
    const wants = (jid: string, item: string) =>
      server.tell(
        YOU,
        `<message from='${jid}' to='${YOU}' type='headline'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='http://jabber.org/protocol/nick'>${item}</items></event></message>`,
      );
    const nick = (text: string) =>
      `<item id='current'><nick xmlns='http://jabber.org/protocol/nick'>${text}</nick></item>`;
    for (const jid of [FRIEND, other, 'stranger@localhost']) wants(jid, nick('Ada'));

    await until('the name', async () => (await name(FRIEND)) === 'Ada');
    expect(await name(other)).toBe('Boss');
    // Anybody could call themselves like somebody else.
    expect(await name('stranger@localhost')).toBe('stranger');
    wants(FRIEND, nick('  Countess\nof Lovelace '));
    await until('another name', async () => /^Countess of Lovelace$/.test((await name(FRIEND)) ?? ''));
  });

  it('are seen typing until they stop, write, or say nothing for a while', async () => {
    const rig = await chatRig({ server: serverWithFriend() });
    await rig.hear(said('hi', { id: 'f1' }));
    const seen = () =>
      rig.events.filter(({ name }) => name === 'chat.typing').map(({ data }) => data.isTyping);

    rig.server.tell(YOU, typing('composing'));
    rig.server.tell(YOU, typing('composing'));
    expect(await rig.chat(FRIEND)).toMatchObject({ typing: [FRIEND] });
    rig.server.tell(YOU, typing('paused'));
    expect(seen()).toEqual([true, false]);
    rig.server.tell(YOU, typing('composing'));
    await rig.hear(said('there', { id: 'f2' }));
    expect(seen()).toEqual([true, false, true, false]);
    rig.server.tell(YOU, typing('composing'));
    rig.clock.advance(61_000);
    expect(seen()).toEqual([true, false, true, false, true, false]);
  });

  it('see the person typing, without the mark of an engine', async () => {
    const rig = await chatRig({ server: serverWithFriend() });
    await rig.hear(said('hi', { id: 'f1' }));
    await until('the list', async () => (await rig.chat(FRIEND)).name === 'Ada');

    await rig.asked('POST', `${rig.pathOf(FRIEND)}/typing`, { state: 'composing' });

    const [stanza] = rig.sent(FRIEND);
    expect(stanza?.getChild('composing')).toBeDefined();
    expect(stanza?.getChild('generated')).toBeUndefined();
    // Who is not on the list does not learn that somebody is there.
    await rig.hear(said('hi', { id: 's1', from: 'stranger@localhost/x' }));
    await rig.asked('POST', `${rig.pathOf('stranger@localhost')}/typing`, { state: 'composing' });
    expect(rig.sent('stranger@localhost')).toEqual([]);
  });
});
