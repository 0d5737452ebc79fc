import { describe, expect, it } from 'vitest';
import { chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { ScriptedRoom } from '../../support/scripted/scripted-room.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const STRANGER = 'stranger@localhost';

describe('who is a contact', () => {
  it('is told of each conversation, and is known as long as nobody is online, too', async () => {
    const server = new ScriptedServer();
    server.rosters.set(YOU, `<item jid='${FRIEND}' name='Ada' subscription='both'/>`);
    const rig = await chatRig({ server });
    await rig.hear(said('hi', { id: 'f1' }), said('hi', { id: 's1', from: `${STRANGER}/x` }));
    await until('the contact list', async () => (await rig.chat(FRIEND)).contact);
    expect(await rig.chat(STRANGER)).toMatchObject({ kind: 'contact', contact: false });
    expect(await rig.chat(YOU)).toMatchObject({ kind: 'self', contact: false });

    await rig.engine.accounts.setEnabled(YOU, false, { actor: 'test', from: 'test' });
    await until('the account to be away', () => rig.engine.sessions.of(YOU) === undefined);
    // It is kept with the conversation when the list is read the next time.
    await rig.engine.accounts.setEnabled(YOU, true, { actor: 'test', from: 'test' });
    await until('the account', () => rig.engine.sessions.stateOf(YOU) === 'online');
    await until('it to be kept', async () => {
      const rows = await rig.engine.store.read.selectFrom('chat').select(['jid', 'is_contact']).execute();
      return rows.some(({ jid, is_contact }) => jid === FRIEND && is_contact === 1);
    });
    await rig.engine.accounts.setEnabled(YOU, false, { actor: 'test', from: 'test' });
    await until('the account to be away again', () => rig.engine.sessions.of(YOU) === undefined);

    expect(await rig.chat(FRIEND)).toMatchObject({ contact: true });
    expect(await rig.chat(STRANGER)).toMatchObject({ contact: false });
  });
});

describe('the members of a conversation', () => {
  it('are those of a room that only they can come into, with what they are called there', async () => {
    const server = new ScriptedServer();
    const room = new ScriptedRoom(server, 'shed@rooms.localhost');
    room.features = ['muc_membersonly', 'muc_nonanonymous'];
    room.sit('ada', 'ada@localhost');
    const rig = await chatRig({ server });
    await rig.write(YOU, '/newbot Gardener');
    await rig.settled();
    const [bot] = await rig.engine.bots.list(YOU);
    if (!bot) throw new Error('there is no bot');
    await rig.engine.rooms.join(bot, { room: room.jid, nick: 'me' }, { actor: 'test', from: 'test' });

    const members = () => rig.asked<object[]>('GET', `${rig.pathOf(room.jid)}/members`);
    await until('the members', async () => (await members()).length > 0);
    expect(await members()).toEqual([{ jid: 'ada@localhost', nick: 'ada' }]);
  });

  it('are nobody where anybody may come in, and where there is no room', async () => {
    const server = new ScriptedServer();
    const room = new ScriptedRoom(server, 'garden@rooms.localhost');
    const rig = await chatRig({ server });
    await rig.hear(said('hi', { id: 'f1' }));
    await rig.write(YOU, '/newbot Gardener');
    await rig.settled();
    const [bot] = await rig.engine.bots.list(YOU);
    if (!bot) throw new Error('there is no bot');
    await rig.engine.rooms.join(bot, { room: room.jid, nick: 'me' }, { actor: 'test', from: 'test' });

    expect(await rig.asked('GET', `${rig.pathOf(room.jid)}/members`)).toEqual([]);
    expect(await rig.asked('GET', `${rig.pathOf(FRIEND)}/members`)).toEqual([]);
    expect((await rig.call('GET', `${rig.pathOf('nobody@localhost')}/members`)).status).toBe(404);
  });
});
