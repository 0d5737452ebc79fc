import { describe, expect, it } from 'vitest';
import type { EngineProcess } from '../support/engine-process.ts';
import { clientOf, engineFor, readBy, readInClear, tokenOf, updatesOf } from '../support/own-clients.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody } from '../support/servers/servers.ts';
import { newAccount, shared } from '../support/shared-server.ts';
import { until } from '../support/until.ts';

const timeout = 120_000;
const servers = [
  { name: 'ejabberd', start: shared(startEjabberd), needs: ['server', 'omemo'] as const },
  { name: 'Prosody', start: shared(startProsody), needs: ['prosody', 'omemo'] as const },
];

async function aBot(engine: EngineProcess, account: string, settings: object) {
  const made = await engine.call<{ id: number }>('POST', '/bot/create', {
    body: { name: 'Weather', account },
  });
  const set = (values: object) => engine.call('POST', `/bot/settings?id=${made.body.id}`, { body: values });
  const { status, body } = await set(settings);
  if (status !== 200) throw new Error(`settings: ${JSON.stringify(body)}`);
  const token = await tokenOf(engine);
  return {
    token,
    set,
    say: (to: string, text: string) =>
      engine.call<{ error_code: string; error: string }>('POST', '/bot/sendMessage', {
        token,
        body: { to, text },
      }),
    /** Settles when that many have come. */
    heard: (count: number) =>
      until(`${count} updates`, async () => {
        const updates = await updatesOf(engine, token);
        return updates.length >= count && updates.map(({ data }) => [data.body, data.encrypted === true]);
      }),
  };
}

describe.each(servers)('a personal bot and a contact on $name', { timeout }, ({ start, needs }) => {
  it.skipIf(lacks(...needs))('keep to the encryption of their conversation', async () => {
    const server = await start();
    const [you, friend] = [await newAccount(server), await newAccount(server, 'friend')];
    const engine = await engineFor(server, you);
    const bot = await aBot(engine, you.jid, { scope: 'direct' });
    const phone = await clientOf(server, you, { mode: 'both' });
    const hers = await clientOf(server, friend, { mode: 'both', others: 0 });

    await hers.sendPlain(you.jid, 'hello in clear');
    await bot.heard(1);
    await bot.say(friend.jid, 'answer in clear');
    await until('the answer', () => readInClear(hers, /answer in clear/).length === 1);

    await hers.send(you.jid, 'not for programs');
    await phone.waitForMessage('not for programs');
    await until('an encrypted answer', async () => {
      await bot.say(friend.jid, 'answer in secret');
      return readBy(hers, /answer in secret/).length > 0;
    });
    await phone.waitForMessage('answer in secret');
    await bot.set({ encrypted: true });
    await hers.send(you.jid, 'for programs');
    expect(await bot.heard(2)).toEqual([
      ['hello in clear', false],
      ['for programs', true],
    ]);

    await phone.sendPlain(friend.jid, 'I write in clear again');
    await until('a plain answer', async () => {
      await bot.say(friend.jid, 'clear as well');
      return readInClear(hers, /clear as well/).length > 0;
    });
    await phone.send(friend.jid, 'and encrypted again');
    await hers.waitForMessage('and encrypted again');
    await until('an encrypted answer', async () => {
      await bot.say(friend.jid, 'secret as well');
      return readBy(hers, /secret as well/).length > 0;
    });

    await engine.cli(['account', 'omemo', you.jid, 'off']);
    const refused = await until('the device to be gone', async () => {
      const { status, body } = await bot.say(friend.jid, 'never');
      return status !== 503 && [status, body.error_code, body.error];
    });
    expect(refused).toEqual([409, '409', 'no_omemo_device']);
    await hers.sendPlain(you.jid, 'last');
    await bot.heard(3);
    expect(hers.messages().filter(({ text }) => text === 'never')).toEqual([]);
    expect(readInClear(hers, /secret/)).toEqual([]);
  });

  it.skipIf(lacks(...needs))('are not answered in clear where only other clients can read', async () => {
    const server = await start();
    const [you, friend] = [await newAccount(server), await newAccount(server, 'friend')];
    const engine = await engineFor(server, you, { omemo: false });
    const bot = await aBot(engine, you.jid, { scope: 'all', encrypted: true });
    const phone = await clientOf(server, you, { mode: 'old', others: 0 });
    const hers = await clientOf(server, friend, { mode: 'old', others: 0 });

    await hers.send(you.jid, 'only the phone reads this');
    await phone.waitForMessage('only the phone reads this');
    const refused = await until('the refusal', async () => {
      const { status, body } = await bot.say(friend.jid, 'a try');
      return status !== 200 && [status, body.error];
    });
    expect(refused).toEqual([409, 'no_omemo_device']);
    expect((await bot.say(friend.jid, 'never')).status).toBe(409);
    await hers.sendPlain(you.jid, 'last');
    expect(await bot.heard(1)).toEqual([['last', false]]);
    expect(hers.messages().filter(({ text }) => text === 'never')).toEqual([]);
  });
});
