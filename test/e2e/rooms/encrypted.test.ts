import { describe, expect, it } from 'vitest';
import { startOmemoPeer } from '../../support/omemo-peer.ts';
import { newRoom } from '../../support/room-bot.ts';
import { PRIVATE } from '../../support/room-guest.ts';
import { ROOM_SERVERS, roomStage } from '../../support/room-stage.ts';
import { lacks } from '../../support/servers/ready.ts';
import { newAccount } from '../../support/shared-server.ts';
import { until } from '../../support/until.ts';

const timeout = 180_000;

describe.each(ROOM_SERVERS)('a dedicated bot in private rooms of a real $name', ({ start, needs }) => {
  const isMissing = lacks(...needs, 'omemo');
  const stage = roomStage(start, isMissing);

  it.skipIf(isMissing)(
    'hears and answers the members, in both versions, and those who are away',
    { timeout },
    async () => {
      const room = newRoom('private');
      const { server, bot, program } = stage;
      const host = await stage.guest(room, 'host', PRIVATE);
      const [anna, bert] = [await newAccount(server, 'anna'), await newAccount(server, 'bert')];
      for (const { jid } of [anna, bert, bot]) await host.makes(jid, 'member');
      const old = await startOmemoPeer({ server, ...anna, mode: 'old' });
      const young = await startOmemoPeer({ server, ...bert, mode: 'new' });
      await old.enterRoom(room, 'anna');
      await young.enterRoom(room, 'bert');
      // They do not know each other's version.
      const members = [bot.jid];

      const joined = await program.join(room);
      await old.send(room, 'is it raining?', { members });
      const asked = await program.hears('the question', ({ data }) => data.body === 'is it raining?');
      const messageId = await program.say(room, 'no, it is not', { reply_to: String(asked.data.stanza_id) });
      const [toOld, toYoung] = [
        await old.waitForMessage(
          ({ text, kind }) => kind === 'encrypted' && text?.endsWith('no, it is not') === true,
        ),
        await young.waitForMessage(
          ({ text, kind }) => kind === 'encrypted' && text?.endsWith('no, it is not') === true,
        ),
      ];
      await young.send(room, 'good', { members });
      const second = await program.hears('the second', ({ data }) => data.body === 'good');
      await until('the reflection', async () => (await program.state(messageId)).state === 'delivered');

      expect(joined.status).toBe(200);
      expect(asked.data).toMatchObject({ encrypted: true, from: `${room}/anna`, room, type: 'groupchat' });
      expect(second.data).toMatchObject({ encrypted: true, from: `${room}/bert` });
      expect([toOld.version, toYoung.version]).toEqual(['old', 'new']);
      const [seen] = (await program.rooms()).filter((one) => one.room === room);
      expect(seen).toMatchObject({ encrypted: true, state: 'joined' });
      // The host has no device: the others are written to all the same.
      expect(seen?.unreached).toEqual([host.client.session.jid]);
      const heard = host.heard().filter(({ nick }) => nick === 'Weather');
      expect(heard.length).toBeGreaterThan(0);
      expect(heard.map(({ stanza }) => String(stanza)).join()).not.toContain('it is not');

      // Away, and still a member.
      await young.goOffline();
      await stage.stopEngine();
      await old.send(room, 'while you were out', { members });
      await stage.startEngine();
      await program.hears('what was missed', ({ data }) => data.body === 'while you were out');
      await program.say(room, 'I am back');
      await old.waitForMessage('I am back');
      const texts = (await program.updates())
        .filter(({ type, data }) => type === 'message' && data.room === room)
        .map(({ data }) => data.body);
      expect(texts).toEqual(['is it raining?', 'good', 'while you were out']);
    },
  );

  it.skipIf(isMissing)('says nothing where nobody could read it', { timeout }, async () => {
    const room = newRoom('deaf');
    const { bot, program } = stage;
    const host = await stage.guest(room, 'host', PRIVATE);
    await host.makes(bot.jid, 'member');
    await program.join(room);

    const refused = await program.post('/bot/sendMessage', { to: room, text: 'anybody?', type: 'groupchat' });

    expect(refused).toMatchObject({ status: 409, body: { error: 'no_omemo_device' } });
    expect(host.heard().filter(({ nick }) => nick === 'Weather')).toEqual([]);
  });
});
