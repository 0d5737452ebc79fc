import { describe, expect, it, onTestFinished } from 'vitest';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import type { EngineProcess } from '../../support/engine-process.ts';
import { engineAgain, engineFor } from '../../support/own-clients.ts';
import { newRoom, roomBot } from '../../support/room-bot.ts';
import { OPEN, roomGuest } from '../../support/room-guest.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { newAccount, shared } from '../../support/shared-server.ts';
import { until } from '../../support/until.ts';

const ejabberd = shared(startEjabberd);
const timeout = 120_000;

async function personalBot(engine: EngineProcess, owner: string, name: string, scope?: string) {
  const { body } = await engine.call<{ id: number; token: string }>('POST', '/bot/create', {
    body: { name, account: owner },
  });
  if (scope) await engine.call('POST', `/bot/settings?id=${body.id}`, { body: { scope } });
  return { id: body.id, token: body.token };
}

describe.skipIf(lacks('server'))('personal bots in rooms', { timeout }, () => {
  it('are there as their owner, hear by scope, and leave when nobody is left', async () => {
    const server = await ejabberd();
    const [you, anna] = [await newAccount(server), await newAccount(server, 'anna')];
    const engine = await engineFor(server, you, { omemo: false });
    const room = newRoom();
    const guest = await roomGuest(server, anna, { room, nick: 'anna', fields: OPEN });
    onTestFinished(guest.close);
    const [wide, narrow] = [
      await personalBot(engine, you.jid, 'Wide', 'all'),
      await personalBot(engine, you.jid, 'Narrow'),
    ];
    const [hearing, deaf] = [roomBot(() => engine, wide), roomBot(() => engine, narrow)];
    await hearing.updates();
    await deaf.updates();

    expect((await hearing.join(room)).status).toBe(200);
    expect((await deaf.join(room)).status).toBe(200);
    expect(await deaf.join(room, { nick: 'Other' })).toMatchObject({
      status: 409,
      body: { error: 'nick_conflict' },
    });
    await guest.say('hello all');
    const heard = await hearing.hears('the greeting', ({ data }) => data.body === 'hello all');
    const id = await deaf.say(room, 'hello Anna');
    await guest.hears('hello Anna', 'Wide');
    await until('the reflection', async () => (await deaf.state(id)).state === 'delivered');

    expect(heard.data).toMatchObject({ from: `${room}/anna`, to: you.jid, type: 'groupchat' });
    expect((await deaf.updates()).map(({ type }) => type)).toEqual(['room_joined']);
    expect(await deaf.post('/bot/sendMessage', { to: room, text: 'x' })).toMatchObject({ status: 400 });

    expect((await hearing.leave(room)).status).toBe(200);
    expect([...guest.room.occupants.keys()]).toContain('Wide');
    await engine.call('POST', '/bot/activate', { body: { id: narrow.id, active: false } });
    await until('the account to leave', () => !guest.room.occupants.has('Wide'));
    await engine.call('POST', '/bot/activate', { body: { id: narrow.id, active: true } });
    await until('the account to come back', () => guest.room.occupants.has('Wide'));
  });

  it('hear once what was said meanwhile in a room without an archive', async () => {
    const server = await ejabberd();
    const [you, anna] = [await newAccount(server), await newAccount(server, 'anna')];
    const first = await engineFor(server, you, { omemo: false });
    let engine = first;
    const room = newRoom();
    const fields = { ...OPEN, mam: false };
    const guest = await roomGuest(server, anna, { room, nick: 'anna', fields });
    onTestFinished(guest.close);
    const bot = roomBot(() => engine, await personalBot(engine, you.jid, 'Wide', 'all'));
    await bot.updates();
    const speak = (text: string) => guest.send(xml('body', {}, text));

    await speak('long before');
    await guest.hears('long before');
    await bot.join(room);
    await speak('before');
    await bot.hears('the first', ({ data }) => data.body === 'before');
    await engine.stop();
    await speak('meanwhile');
    engine = await engineAgain(first);
    await bot.hears('what was missed', ({ data }) => data.body === 'meanwhile');
    await speak('after');
    await bot.hears('the last', ({ data }) => data.body === 'after');

    const texts = (await bot.updates()).filter(({ type }) => type === 'message').map(({ data }) => data.body);
    expect(texts).toEqual(['before', 'meanwhile', 'after']);
  });
});
