import { describe, expect, it, onTestFinished } from 'vitest';
import { newRoom } from '../../support/room-bot.ts';
import { OPEN, PRIVATE } from '../../support/room-guest.ts';
import { roomStage } from '../../support/room-stage.ts';
import { startProfanity } from '../../support/servers/profanity.ts';
import { startOmemoProfanity } from '../../support/servers/profanity-omemo.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { newAccount } from '../../support/shared-server.ts';
import { until } from '../../support/until.ts';

const isMissing = lacks('server', 'client', 'omemo');
const timeout = 150_000;
/** The name alone stands there before: in the address of the account, and in what was typed. */
const JOINED = /You have joined the room as anna/;

describe.skipIf(isMissing)('profanity and a bot in rooms of a real ejabberd', { timeout }, () => {
  const stage = roomStage(startEjabberd, isMissing);

  it('talk in an open room', async () => {
    const { server, program } = stage;
    const room = newRoom();
    await stage.guest(room, 'host', OPEN);
    const client = await startProfanity({ server, ...(await newAccount(server, 'anna')) });
    onTestFinished(client.stop);
    await program.join(room);

    await client.type(`/join ${room} nick anna`);
    await client.waitForScreen(JOINED);
    await client.type('Weather: is it raining?');
    const asked = await program.hears('the question', ({ data }) => data.body === 'Weather: is it raining?');
    await program.say(room, 'No, it is not');
    await client.waitForScreen(/Weather: No, it is not/);

    expect(asked.data).toMatchObject({ from: `${room}/anna`, mentioned: true });
    expect(asked.data).not.toHaveProperty('encrypted');
  });

  it('talk in a private room, encrypted', async () => {
    const { server, program, bot } = stage;
    const room = newRoom('private');
    const host = await stage.guest(room, 'host', PRIVATE);
    const anna = await newAccount(server, 'anna');
    for (const { jid } of [anna, bot]) await host.makes(jid, 'member');
    const client = await startOmemoProfanity({ server, ...anna });
    await program.join(room);

    await client.joinEncrypted(room, 'anna');
    await until('profanity to know the keys of the bot', async () => {
      return (await client.fingerprintsOf(bot.jid)).length > 0;
    });
    await client.type('is it raining?');
    const asked = await program.hears('the question', ({ data }) => data.body === 'is it raining?');
    await program.say(room, 'no, it is not');
    await client.waitForScreen(/Weather: no, it is not/);

    expect(asked.data).toMatchObject({ from: `${room}/anna`, encrypted: true });
    const wire = host
      .heard()
      .map(({ stanza }) => String(stanza))
      .join();
    expect(wire).toContain('<encrypted');
    expect(wire).not.toMatch(/raining|it is not/);
  });
});
