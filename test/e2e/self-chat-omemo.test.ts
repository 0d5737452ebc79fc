import { describe, expect, it } from 'vitest';
import { xml } from '../../src-main/gateways/xmpp/element.ts';
import type { OmemoPeer } from '../support/omemo-peer.ts';
import { clientOf, engineAgain, engineFor, readBy, tokenOf, updatesOf } from '../support/own-clients.ts';
import { startOmemoProfanity } from '../support/servers/profanity-omemo.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody } from '../support/servers/servers.ts';
import { newAccount, shared } from '../support/shared-server.ts';
import { until } from '../support/until.ts';

const timeout = 150_000;
const ejabberd = shared(startEjabberd);
const servers = [
  { name: 'ejabberd', start: ejabberd, needs: ['server', 'omemo'] as const },
  { name: 'Prosody', start: shared(startProsody), needs: ['prosody', 'omemo'] as const },
];
const modes = ['old', 'new', 'both'] as const;
const troubleOf = (client: OmemoPeer) => client.messages().filter(({ text }) => /decrypted/.test(text ?? ''));

describe.each(servers)('the encrypted self-chat on $name', { timeout }, ({ start, needs }) => {
  it.skipIf(lacks(...needs)).each(modes)('works with clients that know %s', async (mode) => {
    const server = await start();
    const you = await newAccount(server);
    const engine = await engineFor(server, you);
    const phone = await clientOf(server, you, { mode, resource: 'phone' });
    const tablet = await clientOf(server, you, { mode, resource: 'tablet', others: 2 });
    const both = [phone, tablet];
    const bothRead = (words: RegExp) =>
      until(String(words), () => both.every((client) => readBy(client, words).length > 0));

    await phone.send(you.jid, '/newbot Weather');
    await bothRead(/Name: Weather/);
    await tablet.send(you.jid, '/mybots');
    await bothRead(/Your bots:/);
    await phone.request(xml('iq', { type: 'set' }, xml('disable', { xmlns: 'urn:xmpp:carbons:2' })));
    await phone.send(you.jid, '/newbot Sun');
    await bothRead(/Name: Sun/);
    await phone.sendPlain(you.jid, '/status');
    await bothRead(/Bots: 2 of/);
    const token = await tokenOf(engine);
    await tablet.send(you.jid, 'for the bot');
    await until('the update', async () => (await updatesOf(engine, token)).length > 0);

    await engine.stop();
    await phone.send(you.jid, 'while you were away');
    await phone.send(you.jid, '/use 1');
    const again = await engineAgain(engine);
    await bothRead(/goes to Weather/);
    await phone.send(you.jid, '/help');
    await bothRead(/Botmother - your bots/);

    const updates = await updatesOf(again, token);
    expect(updates.map(({ data }) => [data.body, data.encrypted])).toEqual([
      ['for the bot', true],
      ['while you were away', true],
    ]);
    for (const client of both) {
      for (const words of [/Name: Weather/, /Your bots:/, /Name: Sun/, /Bots: 2 of/, /goes to Weather/])
        expect([words, readBy(client, words).map(({ kind }) => kind)]).toEqual([words, ['encrypted']]);
      expect(troubleOf(client)).toEqual([]);
    }
  });
});

describe.skipIf(lacks('server', 'client', 'omemo'))(
  'the encrypted self-chat in profanity',
  { timeout },
  () => {
    it('takes commands and answers them to all devices, once', async () => {
      const server = await ejabberd();
      const you = await newAccount(server);
      const engine = await engineFor(server, you);
      const desk = await startOmemoProfanity({ server, ...you });
      const phone = await clientOf(server, you, { mode: 'both', others: 2 });
      const encrypted = (words: RegExp) =>
        desk.messages().filter(({ text, encryption }) => encryption === 'omemo' && words.test(text));

      await desk.startEncrypted(you.jid);
      // What begins with a slash is a command of profanity, but for the text of this one.
      await desk.type(`/msg ${you.jid} /newbot Weather`);
      await desk.waitForMessage(
        ({ text, encryption }) => encryption === 'omemo' && /Name: Weather/.test(text),
      );
      await until('the answer on the phone', () => readBy(phone, /Name: Weather/).length > 0);
      await phone.send(you.jid, '/mybots');
      await desk.waitForMessage(({ text, encryption }) => encryption === 'omemo' && /Your bots:/.test(text));
      await desk.sayEncrypted('for the bot');
      const token = await tokenOf(engine);
      await until('the update', async () => (await updatesOf(engine, token)).length > 0);
      await desk.type(`/msg ${you.jid} /status`);
      await desk.waitForMessage(({ text, encryption }) => encryption === 'omemo' && /Bots: 1 of/.test(text));

      for (const words of [/Name: Weather/, /Your bots:/, /Bots: 1 of/]) {
        await until(String(words), () => readBy(phone, words).length > 0);
        expect([words, encrypted(words).length, readBy(phone, words).length]).toEqual([words, 1, 1]);
      }
      expect((await updatesOf(engine, token)).map(({ data }) => data)).toMatchObject([
        { body: 'for the bot', encrypted: true },
      ]);
      expect(troubleOf(phone)).toEqual([]);
    });
  },
);
