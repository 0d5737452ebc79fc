import { describe, expect, it } from 'vitest';
import { type EngineProcess, resourceOf } from '../support/engine-process.ts';
import { clientOf, engineAgain, engineFor, readBy, tokenOf, updatesOf } from '../support/own-clients.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { newAccount, shared } from '../support/shared-server.ts';
import { until } from '../support/until.ts';

const ejabberd = shared(() => startEjabberd({ settings: { resumeSeconds: 5 } }));
const TURN_MS = 40_000;

const botsOf = async (engine: EngineProcess) =>
  (await engine.call<{ bots: { name: string }[] }>('GET', '/bot/list')).body.bots.map(({ name }) => name);
/** What the window of an engine shows of the chat with oneself, the oldest first, and whether it came encrypted. */
async function shown(engine: EngineProcess, jid: string): Promise<string[]> {
  const path = `/api/v1/chats/${encodeURIComponent(jid)}/${encodeURIComponent(jid)}/messages`;
  const { body } = await engine.call<{ result: { messages: { text: string; encrypted: boolean }[] } }>(
    'GET',
    path,
  );
  return body.result.messages.map(
    ({ text, encrypted }) => `${encrypted ? '' : 'clear: '}${text.split('\n')[0]}`,
  );
}
const turns = (engine: EngineProcess) => engine.log().split('this engine stands by').length;

describe.skipIf(lacks('server', 'omemo'))('two engines of one account, each with an OMEMO device', () => {
  it.each(['old', 'new'] as const)(
    'take turns, read what clients of %s type, and answer it once',
    async (mode) => {
      const server = await ejabberd();
      const you = await newAccount(server);
      const both = [await engineFor(server, you), await engineFor(server, you)];
      const [first, second] = both.toSorted((a, b) =>
        resourceOf(a.dataDir) < resourceOf(b.dataDir) ? -1 : 1,
      );
      if (!first || !second) throw new Error('two engines were started');
      const phone = await clientOf(server, you, { mode, others: 2 });
      const answers = (name: string) => readBy(phone, new RegExp(`Name: ${name}`));
      const answered = (name: string) => until(`the answer ${name}`, () => answers(name).length > 0, TURN_MS);

      await phone.send(you.jid, '/newbot One');
      await answered('One');
      await phone.send(you.jid, 'for the first');
      const one = await tokenOf(first);
      await until('the update', async () => (await updatesOf(first, one)).length === 1);
      expect([await botsOf(first), await botsOf(second)]).toEqual([['One'], []]);
      // Who stands by shows it too, decrypted with a device of its own.
      const said = ['/newbot One', 'Bot created!', 'for the first'];
      await until(
        'the window of the second',
        async () => (await shown(second, you.jid)).length >= said.length,
      );
      expect(await shown(second, you.jid)).toEqual(said);
      expect((await shown(first, you.jid)).filter((text) => said.includes(text))).toEqual(said);

      await first.kill();
      await phone.send(you.jid, '/newbot Two');
      await answered('Two');
      await phone.send(you.jid, 'for the second');
      const two = await tokenOf(second);
      await until('the update', async () => (await updatesOf(second, two)).length === 1);

      const before = turns(second);
      const again = await engineAgain(first);
      await until('the second engine to give way', () => turns(second) > before, TURN_MS);
      await phone.send(you.jid, '/newbot Three');
      await answered('Three');
      await again.stop();
      await phone.send(you.jid, '/newbot Four');
      await answered('Four');

      expect(await botsOf(second)).toEqual(['Two', 'Four']);
      const later = ['/newbot Three', 'Bot created!', '/newbot Four', 'Bot created!'];
      await until('the rest', async () => (await shown(second, you.jid)).slice(-4).join() === later.join());
      for (const name of ['One', 'Two', 'Three', 'Four'])
        expect([name, answers(name).length]).toEqual([name, 1]);
      expect((await updatesOf(second, two)).map(({ data }) => [data.body, data.encrypted])).toEqual([
        ['for the second', true],
      ]);
      for (const engine of [first, second, again])
        expect(engine.log()).not.toContain('could not be decrypted');
      expect(phone.messages().filter(({ text }) => /decrypted/.test(text ?? ''))).toEqual([]);
    },
    200_000,
  );
});
