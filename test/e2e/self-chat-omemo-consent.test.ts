import { describe, expect, it } from 'vitest';
import { type EngineProcess, signInOn } from '../support/engine-process.ts';
import type { OmemoPeer } from '../support/omemo-peer.ts';
import { clientOf, engineAgain, engineFor, readBy, readInClear } from '../support/own-clients.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody } from '../support/servers/servers.ts';
import { type NewAccount, newAccount, shared } from '../support/shared-server.ts';
import { until } from '../support/until.ts';

const timeout = 120_000;
const servers = [
  { name: 'ejabberd', start: shared(startEjabberd), needs: ['server', 'omemo'] as const },
  { name: 'Prosody', start: shared(startProsody), needs: ['prosody', 'omemo'] as const },
];

/** The engine's device, as others find it. */
async function published(client: OmemoPeer, { jid }: NewAccount, isThere: (id: number) => boolean) {
  const lists = await Promise.all([client.publishedDevices(jid, 'old'), client.publishedDevices(jid, 'new')]);
  return [...new Set(lists.flat())].filter((id) => id !== client.device && isThere(id));
}
const bundlesOf = async (client: OmemoPeer, { jid }: NewAccount, device: number) =>
  (
    await Promise.all(
      (['old', 'new'] as const).map((version) => client.publishedBundle(jid, device, version)),
    )
  ).filter(Boolean).length;

async function cli(engine: EngineProcess, ...words: string[]) {
  const { status, stdout, stderr } = await engine.cli(words);
  if (status !== 0) throw new Error(`${words.join(' ')}: ${status} ${stdout}${stderr}`);
  return stdout;
}

describe.each(servers)('consent to an OMEMO device on $name', { timeout }, ({ start, needs }) => {
  it.skipIf(lacks(...needs))('is given and taken back, and a removed account leaves no device', async () => {
    const server = await start();
    const you = await newAccount(server);
    const engine = await engineFor(server, you, { omemo: false });
    const phone = await clientOf(server, you, { mode: 'both', others: 0 });
    const all = () => published(phone, you, () => true);
    const gone = (device: number) =>
      until('the device to be gone', async () => {
        return (await all()).length === 0 && (await bundlesOf(phone, you, device)) === 0;
      });

    await phone.sendPlain(you.jid, '/mybots');
    await until('a plain answer', () => readInClear(phone, /no bots yet/).length === 1);
    expect(await all()).toEqual([]);

    await cli(engine, 'account', 'omemo', you.jid, 'on');
    const [first = 0] = await until('the device', async () => (await all()).length > 0 && all());
    expect(await cli(engine, 'account', 'list')).toContain('OMEMO');
    await until('its keys in both versions', async () => (await bundlesOf(phone, you, first)) === 2);
    await phone.send(you.jid, '/newbot First');
    await until('an encrypted answer', () => readBy(phone, /Name: First/).length === 1);

    await cli(engine, 'account', 'omemo', you.jid, 'off');
    await gone(first);
    await phone.sendPlain(you.jid, '/mybots');
    await until('a plain answer', () => readInClear(phone, /Your bots:/).length === 1);

    await cli(engine, 'account', 'omemo', you.jid, 'on');
    const [second = 0] = await until('a device', async () => (await all()).length > 0 && all());
    expect(second).not.toBe(first);
    await phone.send(you.jid, '/newbot Second');
    await until('an encrypted answer', () => readBy(phone, /Name: Second/).length === 1);

    await cli(engine, 'account', 'remove', you.jid, '--with-bots');
    await gone(second);
  });

  it.skipIf(lacks(...needs))('is remembered as taken back while the account is not connected', async () => {
    const server = await start();
    const you = await newAccount(server);
    const engine = await engineFor(server, you);
    const phone = await clientOf(server, you, { mode: 'both' });
    const [first = 0] = await published(phone, you, () => true);

    await cli(engine, 'account', 'disable', you.jid);
    expect(await cli(engine, 'account', 'remove', you.jid)).toContain(`OMEMO device ${first} may still be`);
    expect(await published(phone, you, () => true)).toEqual([first]);

    await signInOn(engine, server, you);
    await until('the device to be gone', async () => {
      return (
        (await published(phone, you, () => true)).length === 0 && (await bundlesOf(phone, you, first)) === 0
      );
    });
  });

  it.skipIf(lacks(...needs))('says nothing of what was encrypted before', async () => {
    const server = await start();
    const you = await newAccount(server);
    const engine = await engineFor(server, you, { omemo: false });
    const phone = await clientOf(server, you, { mode: 'both', resource: 'phone', others: 0 });
    const tablet = await clientOf(server, you, { mode: 'both', resource: 'tablet', others: 1 });
    await phone.send(you.jid, 'before it was there');
    await tablet.waitForMessage('before it was there');
    await engine.stop();
    await phone.send(you.jid, '/newbot Early');
    await tablet.waitForMessage('/newbot Early');
    await cli(engine, 'account', 'omemo', you.jid, 'on');

    const again = await engineAgain(engine);
    await until(
      'the device',
      async () => (await published(phone, you, (id) => id !== tablet.device)).length > 0,
    );
    await phone.send(you.jid, '/mybots');
    await until('the answer', () => readBy(phone, /no bots yet/).length === 1);

    expect(again.log()).not.toContain('could not be decrypted');
    expect(phone.messages().filter(({ text }) => /decrypted/.test(text ?? ''))).toEqual([]);
  });
});
