import { beforeAll, describe, expect, it } from 'vitest';
import { fetchDeviceLists } from '../../../src-main/gateways/omemo/device-list-node.ts';
import { readContacts } from '../../../src-main/gateways/xmpp/contacts.ts';
import { NS_AVATAR_METADATA } from '../../../src-main/gateways/xmpp/xep-0084-avatar.ts';
import { readPep } from '../../../src-main/gateways/xmpp/xep-0163-pep.ts';
import { type BareJid, bareJid } from '../../../src-shared/jid.ts';
import { atEndOfSuite } from '../../support/at-end.ts';
import { type ChatClient, chatClient } from '../../support/chat-client.ts';
import { allowAccounts, createDedicated, type DedicatedBot, stateOf } from '../../support/dedicated-bot.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../../support/engine-process.ts';
import { lacks } from '../../support/servers/ready.ts';
import { type Ejabberd, startEjabberd, type Temporary } from '../../support/servers/servers.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const YOU = 'you@localhost';
const timeout = 120_000;

describe.skipIf(lacks('server'))('a dedicated bot of somebody who is signed in', { timeout }, () => {
  const atEnd = atEndOfSuite();
  let server: Temporary<Ejabberd>;
  let engine: EngineProcess;
  let you: ChatClient;

  beforeAll(async () => {
    server = await startEjabberd();
    atEnd(async () => server[Symbol.asyncDispose]());
    await server.register('you', 'you-pw');
    engine = await startEngineProcess(testFolder(atEnd));
    atEnd(async () => void (await engine.stop()));
    await signInOn(engine, server);
    await allowAccounts(engine, server);
    you = await chatClient(server, YOU, 'you-pw');
    atEnd(you.close);
  }, timeout);

  const userOf = ({ jid }: { jid: string }) => jid.split('@')[0] ?? '';
  /** What the server says. */
  async function isSignedIn(bot: DedicatedBot): Promise<boolean> {
    const resources = await server.api('user_resources', { user: userOf(bot), host: 'localhost' });
    return (resources as unknown[]).length > 0;
  }
  const signedIn = (bot: DedicatedBot, isWanted: boolean) =>
    until(
      `the bot to be signed ${isWanted ? 'in' : 'out'}`,
      async () => (await isSignedIn(bot)) === isWanted,
    );
  const post = (path: string, body: object) => engine.call('POST', path, { body });
  /** Types a line to oneself, and waits for those words in the answer: what is told of other changes may come between. */
  async function command(line: string, words: string): Promise<void> {
    const before = you.seen(YOU, YOU).length;
    await you.say(YOU, line);
    await until(`an answer to ${line}`, () =>
      you
        .seen(YOU, YOU)
        .slice(before)
        .some((text) => text !== line && text.includes(words)),
    );
  }
  async function cli(...words: string[]): Promise<void> {
    const { status, stderr } = await engine.cli(words);
    expect([status, stderr]).toEqual([0, '']);
  }
  const contacts = async () => [...(await readContacts(you.session)).keys()];
  /** What the bot has published, as anybody sees it. */
  async function published({ jid }: DedicatedBot): Promise<number> {
    const of = bareJid(jid);
    const { legacy, omemo2 } = await fetchDeviceLists(you.session, of).catch(() => NO_LISTS);
    const avatar = await readPep(you.session, { owner: of, node: NS_AVATAR_METADATA }).catch(() => []);
    return (legacy?.length ?? 0) + (omemo2?.length ?? 0) + avatar.length;
  }
  async function made(name: string): Promise<DedicatedBot> {
    const bot = await createDedicated(engine, { name, owner: YOU });
    await until('what it publishes', async () => (await published(bot)) === 3);
    await until('the owner to have it as a contact', async () =>
      (await contacts()).includes(bot.jid as BareJid),
    );
    return bot;
  }

  it.each(['HTTP', 'CLI', 'chat'] as const)('signs out and in when it is switched over %s', async (way) => {
    const bot = await made(way);
    const id = String(bot.id);
    const acts = {
      HTTP: {
        off: () => post('/bot/activate', { id: bot.id, active: false }),
        on: () => post('/bot/activate', { id: bot.id, active: true }),
        revoke: () => post('/bot/revoke', { id: bot.id }),
        token: () => post('/bot/token', { id: bot.id }),
      },
      CLI: {
        off: () => cli('bot', 'deactivate', id),
        on: () => cli('bot', 'activate', id),
        revoke: () => cli('bot', 'revoke', id),
        token: () => cli('bot', 'token', id),
      },
      chat: {
        off: () => command(`/deactivate ${id}`, 'deactivated'),
        on: () => command(`/activate ${id}`, 'activated'),
        revoke: () => command(`/revoke ${id}`, 'Token revoked'),
        token: () => command(`/token ${id}`, 'bm_'),
      },
    }[way];
    const state = async () => {
      const { body } = await engine.call<{ bots: { id: number; state: string }[] }>('GET', '/bot/list');
      return body.bots.find((one) => one.id === bot.id)?.state;
    };

    await acts.off();
    await signedIn(bot, false);
    expect(await state()).toBe('offline');
    await acts.on();
    await signedIn(bot, true);
    await until('the bot to be online', async () => (await stateOf(engine, bot)) === 'online');
    await acts.revoke();
    await signedIn(bot, false);
    await acts.token();
    expect(await isSignedIn(bot)).toBe(false);
    await acts.on();
    await signedIn(bot, true);
  });

  it.each(['HTTP', 'CLI', 'chat'] as const)(
    'is gone with its account when it is deleted over %s',
    async (way) => {
      const bot = await made(`Gone ${way}`);
      if (way === 'HTTP') {
        const { body } = await post('/bot/delete', { id: bot.id });
        expect(body).toMatchObject({ deleted: true, account_removed: true });
      } else if (way === 'CLI') await cli('bot', 'delete', String(bot.id), '--yes');
      else {
        await command(`/deletebot ${bot.id}`, `/deletebot ${bot.id} yes`);
        expect(await server.hasAccount(userOf(bot))).toBe(true);
        await command(`/deletebot ${bot.id} yes`, 'deleted');
      }
      await until('the account to be gone', async () => !(await server.hasAccount(userOf(bot))));
      await until('the contact to be gone', async () => !(await contacts()).includes(bot.jid as BareJid));
      expect(await published(bot)).toBe(0);
      expect((await engine.call('GET', '/bot/getMe', { token: bot.token })).status).toBe(401);
    },
  );

  it('is gone at once when its server cannot be asked, and its account as soon as it can', async () => {
    const bot = await made('Stuck');
    const settings = { ...(await engine.call('GET', '/bot/ejabberd/settings')).body };
    const { api_url } = settings as { api_url: string };
    // Nobody listens there.
    const elsewhere = { api_url: 'http://127.0.0.1:9/api', admin_password: server.provisionerPassword };
    expect((await post('/bot/ejabberd/settings', elsewhere)).status).toBe(200);

    const { status, body } = await post('/bot/delete', { id: bot.id });
    expect([status, body.account_removed]).toEqual([200, false]);
    expect((await engine.call('GET', '/bot/getMe', { token: bot.token })).status).toBe(401);
    expect(await server.hasAccount(userOf(bot))).toBe(true);
    await signedIn(bot, false);
    expect(await published(bot)).toBe(0);
    await until('the contact to be gone', async () => !(await contacts()).includes(bot.jid as BareJid));

    const back = { api_url, admin_password: server.provisionerPassword };
    expect((await post('/bot/ejabberd/settings', back)).status).toBe(200);
    await until('the account to be gone', async () => !(await server.hasAccount(userOf(bot))));
    const { stdout } = await engine.cli(['audit', '--json']);
    expect(stdout).toContain('bot.account-removed');
  });

  it('signs out with the account of its owner, and in with it', async () => {
    const bot = await made('Follower');
    await cli('account', 'disable', YOU);
    await signedIn(bot, false);
    await cli('account', 'enable', YOU);
    await signedIn(bot, true);
    await post('/bot/account/status', { account: YOU, enabled: false });
    await signedIn(bot, false);
    await post('/bot/account/status', { account: YOU, enabled: true });
    await signedIn(bot, true);
  });
});

const NO_LISTS = { legacy: undefined, omemo2: undefined };
