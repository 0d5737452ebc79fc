import { describe, expect, it } from 'vitest';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { newRoom } from '../../support/room-bot.ts';
import { OPEN } from '../../support/room-guest.ts';
import { ROOM_SERVERS, roomStage } from '../../support/room-stage.ts';
import { lacks } from '../../support/servers/ready.ts';
import { until } from '../../support/until.ts';

const timeout = 120_000;

describe.each(ROOM_SERVERS)('a bot in open rooms of a real $name', ({ start, needs }) => {
  const isMissing = lacks(...needs);
  const stage = roomStage(start, isMissing);
  const guestIn = (room: string, nick = 'anna', fields: Parameters<typeof stage.guest>[2] = OPEN) =>
    stage.guest(room, nick, fields);

  it.skipIf(isMissing)('joins, hears, is addressed, answers, and leaves', { timeout }, async () => {
    const { program, bot } = stage;
    const room = newRoom();
    const anna = await guestIn(room);

    const joined = await program.join(room);
    const again = await program.join(room, { nick: 'Weather' });
    const named = await anna.say('Weather: how is it?');
    const heard = await program.hears('the question', ({ data }) => data.body === 'Weather: how is it?');
    const messageId = await program.say(room, 'Sunny', { reply_to: String(heard.data.stanza_id) });
    const answer = await until('the answer', () => anna.heard().find(({ nick }) => nick === 'Weather'));
    await until('the reflection', async () => (await program.state(messageId)).state === 'delivered');
    const [seen] = await program.rooms();
    const left = await program.leave(room);
    const leftAgain = await program.leave(room);

    expect(joined).toMatchObject({ status: 200, body: { ok: true, result: true } });
    expect(again).toMatchObject({ status: 200 });
    expect(heard).toMatchObject({
      type: 'message',
      data: {
        from: `${room}/anna`,
        to: bot.jid,
        type: 'groupchat',
        room,
        nick: 'anna',
        stanza_id: named,
        mentioned: true,
      },
    });
    expect(heard.data).not.toHaveProperty('command');
    expect(answer.text).toBe('> Weather: how is it?\nSunny');
    expect(answer.stanza.getChild('reply', 'urn:xmpp:reply:0')?.attrs).toMatchObject({
      id: named,
      to: `${room}/anna`,
    });
    expect(seen).toMatchObject({ room, nick: 'Weather', state: 'joined', encrypted: false });
    expect(seen?.occupants.map(({ nick }) => nick).sort()).toEqual(['Weather', 'anna']);
    expect(left).toMatchObject({ status: 200, body: { result: true } });
    expect(leftAgain).toMatchObject({ status: 409, body: { error: 'room_not_joined' } });
    const types = (await program.updates()).filter(({ data }) => data.room === room).map(({ type }) => type);
    expect(types).toEqual(['room_joined', 'message', 'room_left']);
    expect(await program.post('/bot/sendMessage', { to: room, text: 'x', type: 'groupchat' })).toMatchObject({
      status: 403,
      body: { error: 'room_not_joined' },
    });
  });

  it.skipIf(isMissing)('says why it cannot come in', { timeout }, async () => {
    const { program, bot, server } = stage;
    const secret = newRoom('secret');
    const closed = newRoom('closed');
    const taken = newRoom('taken');
    const banned = newRoom('banned');
    await guestIn(secret, 'anna', {
      ...OPEN,
      'muc#roomconfig_passwordprotectedroom': true,
      'muc#roomconfig_roomsecret': 'sesame',
    });
    await guestIn(closed, 'bert', { 'muc#roomconfig_membersonly': true });
    await guestIn(taken, 'Weather');
    const cleo = await guestIn(banned, 'cleo');
    await cleo.makes(bot.jid, 'outcast');

    const outcomes = [
      await program.join(secret),
      await program.join(secret, { password: 'wrong' }),
      await program.join(closed),
      await program.join(taken, { nick: 'Weather' }),
      await program.join(banned),
      await program.join('room@conference.nowhere.invalid'),
      await program.join(`${taken}/nick`),
      await program.join(taken, { nick: '  ' }),
    ];
    const right = await program.join(secret, { password: 'sesame' });
    const numbered = await program.join(taken);

    expect(outcomes.map(({ status, body }) => [status, body.error])).toEqual([
      [403, 'room_password'],
      [403, 'room_password'],
      [403, 'room_members_only'],
      [409, 'nick_conflict'],
      [403, 'room_forbidden'],
      // They may speak with no other server here, and say so in their own ways.
      [403, server.kind === 'ejabberd' ? 'room_forbidden' : 'room_not_allowed'],
      [400, 'bad_request'],
      [400, 'bad_request'],
    ]);
    // What a server says to it is not told.
    expect(JSON.stringify(outcomes)).not.toMatch(/You have been banned|Access denied|not enabled/);
    expect([right.status, numbered.status]).toEqual([200, 200]);
    expect((await program.rooms()).find(({ room }) => room === taken)?.nick).toBe('Weather_2');
  });

  it.skipIf(isMissing)('is told at once where an address is no room', { timeout }, async () => {
    const { program, bot, owner } = stage;
    const [nobody, hidden] = [`nobody@${bot.jid.split('@')[1]}`, newRoom('hidden')];
    await guestIn(hidden, 'anna', { ...OPEN, 'muc#roomconfig_publicroom': false });

    const refused = [await program.join(owner.jid), await program.join(nobody), await program.join(bot.jid)];
    const joined = [await program.join(hidden), await program.join(newRoom('made'))];

    for (const [at, jid] of [owner.jid, nobody, bot.jid].entries())
      expect(refused[at]).toMatchObject({
        status: 404,
        body: { error: 'room_not_found', description: expect.stringContaining(`${jid} is not a room:`) },
      });
    expect(joined.map(({ status }) => status)).toEqual([200, 200]);
    expect((await program.rooms()).some(({ room }) => room === owner.jid)).toBe(false);
  });

  it.skipIf(isMissing)(
    'is told of reactions, corrections and retractions, by their writers alone',
    { timeout },
    async () => {
      const { program } = stage;
      const room = newRoom();
      const anna = await guestIn(room);
      await program.join(room);
      const bert = await stage.guest(room, 'bert');
      const messageId = await program.say(room, 'Sunny');
      const ours = (await anna.hears('Sunny', 'Weather')).id;

      await bert.send(
        xml('reactions', { xmlns: 'urn:xmpp:reactions:0', id: ours }, xml('reaction', {}, '👍')),
      );
      const reaction = await program.hears(
        'the reaction',
        ({ type, data }) => type === 'reaction' && data.room === room,
      );
      const typo = await anna.say('tpyo');
      const sent = String((await anna.hears('tpyo')).stanza.attrs.id);
      const replace = () => xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id: sent });
      await bert.say('not mine', replace());
      await anna.say('typo', replace());
      const edited = await program.hears(
        'the correction',
        ({ type, data }) => type === 'edited_message' && data.room === room,
      );
      const retract = () => xml('retract', { xmlns: 'urn:xmpp:message-retract:1', id: typo });
      await bert.send(retract());
      await anna.send(retract());
      const deleted = await program.hears(
        'the retraction',
        ({ type, data }) => type === 'deleted_message' && data.room === room,
      );
      await program.post('/bot/sendReaction', {
        to: room,
        message_id: typo,
        reaction: '❤️',
        type: 'groupchat',
      });
      await program.say(room, 'Rain', { replace_id: messageId });
      await program.post('/bot/deleteMessage', { message_id: messageId });

      expect(reaction.data).toMatchObject({ from: `${room}/bert`, stanza_id: messageId, reactions: ['👍'] });
      expect(edited.data).toMatchObject({ from: `${room}/anna`, stanza_id: typo, body: 'typo' });
      expect(deleted.data).toMatchObject({ from: `${room}/anna`, stanza_id: typo });
      const changes = (await program.updates()).filter(
        ({ data }) => data.room === room && data.nick === 'bert',
      );
      expect(changes.map(({ type }) => type)).toEqual(['reaction']);
      const find = (name: string, namespace: string) =>
        until(name, () =>
          anna.heard().find((one) => one.nick === 'Weather' && one.stanza.getChild(name, namespace)),
        );
      const given = await find('reactions', 'urn:xmpp:reactions:0');
      const corrected = await find('replace', 'urn:xmpp:message-correct:0');
      const taken = await find('retract', 'urn:xmpp:message-retract:1');
      expect(given.stanza.getChild('reactions')?.attrs.id).toBe(typo);
      expect(corrected.stanza.getChild('replace')?.attrs.id).toBe(messageId);
      expect(taken.stanza.getChild('retract')?.attrs.id).toBe(ours);
    },
  );

  it.skipIf(isMissing)(
    'stays out after a kick, a ban and the end of a room, and says so',
    { timeout },
    async () => {
      const { program, bot } = stage;
      const [kicked, banned, gone] = [newRoom('kicked'), newRoom('banned'), newRoom('gone')];
      const anna = await guestIn(kicked);
      const bert = await guestIn(banned, 'bert');
      const cleo = await guestIn(gone, 'cleo');
      for (const room of [kicked, banned, gone]) expect((await program.join(room)).status).toBe(200);

      await anna.kick('Weather', 'too loud');
      await bert.makes(bot.jid, 'outcast');
      await cleo.destroy('we are done');
      const leftOf = (room: string) =>
        program.hears('room_left', ({ type, data }) => type === 'room_left' && data.room === room);
      const reasons = [await leftOf(kicked), await leftOf(banned), await leftOf(gone)].map(
        ({ data }) => data.reason,
      );
      const refusal = await program.post('/bot/sendMessage', { to: kicked, text: 'x', type: 'groupchat' });
      const back = await program.join(kicked);

      expect(reasons).toEqual(['kicked', 'banned', 'destroyed']);
      expect((await leftOf(kicked)).data.reason_text).toBe('too loud');
      expect(refusal).toMatchObject({ status: 403, body: { error: 'room_not_joined' } });
      expect(back.status).toBe(200);
      const states = new Map((await program.rooms()).map(({ room, state }) => [room, state]));
      expect([states.get(kicked), states.get(banned), states.get(gone)]).toEqual(['joined', 'out', 'out']);
    },
  );

  it.skipIf(isMissing)(
    'follows the invitations of its owner where it takes what comes in clear, and nobody else’s',
    { timeout },
    async () => {
      const { program, bot, owner, server } = stage;
      const [good, evil] = [newRoom('good'), newRoom('evil')];
      const host = await stage.guestAs(owner, good, 'boss');
      const mallory = await guestIn(evil, 'mallory');

      await stage.engine.call('POST', `/bot/settings?id=${bot.id}`, { body: { allow_plaintext: true } });
      await mallory.invite(bot.jid);
      await mallory.inviteDirectly(bot.jid);
      // Prosody names an occupant in the place of the owner: whose word that is nobody can tell.
      if (server.kind === 'ejabberd') await host.invite(bot.jid);
      else await host.inviteDirectly(bot.jid);
      await until('the bot to come', () => [...host.room.occupants.keys()].includes('Weather'));

      expect([...mallory.room.occupants.keys()]).toEqual(['mallory']);
      expect((await program.rooms()).some(({ room }) => room === evil)).toBe(false);
    },
  );

  it.skipIf(isMissing)(
    'comes back after the server was away, and hears what was said meanwhile',
    { timeout },
    async () => {
      const { program, server } = stage;
      const room = newRoom();
      const anna = await guestIn(room);
      await program.join(room);
      await anna.say('before');
      await program.hears('the first', ({ data }) => data.body === 'before' && data.room === room);
      await stage.stopEngine();
      await anna.say('meanwhile');
      await stage.startEngine();

      await program.hears('what was missed', ({ data }) => data.body === 'meanwhile' && data.room === room);
      await until('the bot to be back', () => [...anna.room.occupants.keys()].includes('Weather'));
      await anna.say('after');
      await program.hears('the last', ({ data }) => data.body === 'after' && data.room === room);
      await program.say(room, 'here again');
      await anna.hears('here again', 'Weather');
      await server.restart();
      await until(
        'the bot to be back',
        async () => (await program.rooms()).some((one) => one.room === room && one.state === 'joined'),
        60_000,
      );
      const cleo = await stage.guest(room, 'cleo');
      await cleo.say('after the restart');
      await program.hears('the end', ({ data }) => data.body === 'after the restart');

      const texts = (await program.updates())
        .filter(({ type, data }) => type === 'message' && data.room === room)
        .map(({ data }) => data.body);
      expect(texts).toEqual(['before', 'meanwhile', 'after', 'after the restart']);
    },
  );
});
