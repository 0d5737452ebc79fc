import { describe, expect, it } from 'vitest';
import { chatRig } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { ScriptedRoom } from '../../support/scripted/scripted-room.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const ROOM = 'garden@rooms.localhost';
const CALLER = { actor: 'test', from: 'test' };

/** The person's bot has brought the account into a room. */
async function inRoom() {
  const server = new ScriptedServer();
  const room = new ScriptedRoom(server, ROOM);
  const rig = await chatRig({ server });
  await rig.write(YOU, '/newbot Gardener');
  await rig.settled();
  const [bot] = await rig.engine.bots.list(YOU);
  if (!bot) throw new Error('there is no bot');
  await rig.engine.rooms.join(bot, { room: ROOM, nick: 'me' }, CALLER);
  return { rig, room, server, bot };
}

describe('rooms in the window', () => {
  it('show what is said there once, and count when the person is meant', async () => {
    const { rig, room } = await inRoom();
    expect(await rig.chat(ROOM)).toMatchObject({ kind: 'room', unread: 0, last: null });

    room.say('ada', '<body>hello everybody</body>');
    const second = room.say('ada', '<body>me: are you there?</body>');

    await until('both', async () => (await rig.chat(ROOM)).unread === 2);
    expect(await rig.chat(ROOM)).toMatchObject({ kind: 'room', unread: 2, mentions: 1 });
    expect(await rig.messages(ROOM)).toMatchObject([
      { author: 'ada', text: 'hello everybody', outgoing: false, by: 'person' },
      { author: 'ada', text: 'me: are you there?', message_id: second },
    ]);
  });

  it('take what the person writes: once, although the room tells it to everybody', async () => {
    const { rig, room } = await inRoom();

    await rig.write(ROOM, 'I am in the garden');
    await until('the reflection', async () => (await rig.messages(ROOM))[0]?.state === 'delivered');

    const [own] = await rig.messages(ROOM);
    expect(await rig.messages(ROOM)).toHaveLength(1);
    expect(own).toMatchObject({ by: 'person', outgoing: true, author: YOU });
    const [stanza] = rig.sent(ROOM).filter((one) => one.getChild('body'));
    expect(stanza?.attrs.type).toBe('groupchat');
    expect(stanza?.getChild('generated')).toBeUndefined();
    // Others name it as the room does.
    const named = 'r1';
    room.say(
      'ada',
      `<reactions xmlns='urn:xmpp:reactions:0' id='${named}'><reaction>🌷</reaction></reactions>`,
    );
    await until('the reaction', async () => (await rig.messages(ROOM))[0]?.reactions.length === 1);
    expect((await rig.messages(ROOM))[0]?.reactions).toEqual([
      { emoji: '🌷', count: 1, own: false, authors: ['ada'] },
    ]);
  });

  it('show corrections and retractions of who wrote a message', async () => {
    const { rig, room } = await inRoom();
    room.say('ada', '<body>tomatos</body>', 'a1');
    room.say('ada', "<body>tomatoes</body><replace xmlns='urn:xmpp:message-correct:0' id='a1'/>", 'a2');
    room.say('eve', "<body>poison</body><replace xmlns='urn:xmpp:message-correct:0' id='a1'/>", 'e1');

    await until('the correction', async () => (await rig.messages(ROOM))[0]?.edited === true);
    expect(await rig.texts(ROOM)).toEqual(['tomatoes']);
  });

  it('cannot be written to from outside', async () => {
    const { rig, bot } = await inRoom();
    await rig.write(ROOM, 'first');
    await rig.engine.rooms.leave(bot, ROOM, CALLER);

    const answer = await rig.call('POST', `${rig.pathOf(ROOM)}/messages`, { text: 'second' });

    expect(answer.status).toBe(409);
  });
});
