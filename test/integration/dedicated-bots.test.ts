import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../src-main/base/logger.ts';
import { secretBox } from '../../src-main/base/secret-box.ts';
import { botErrands } from '../../src-main/engine/bots/bot-errands.ts';
import { dedicatedBots } from '../../src-main/engine/bots/dedicated-bots.ts';
import type { AccountProvider } from '../../src-main/engine/provisioning/account-provider.ts';
import { accountRepository } from '../../src-main/store/account-repository.ts';
import { botErrandRepository } from '../../src-main/store/bot-errand-repository.ts';
import { LOCAL_TENANT } from '../../src-shared/ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { scriptedEngine } from '../support/scripted/scripted-bot.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const OWNER = bareJid('you@localhost');
const CALLER = { actor: 'test', from: 'test' };
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Accounts of a server in memory. */
function accountsOf() {
  const accounts = new Map<string, string>();
  const seen: string[] = [];
  /** Each once: what a call does instead. */
  const instead: { create?: () => Promise<'created' | 'taken'> } = {};
  const provider: AccountProvider = {
    host: 'localhost',
    check: async () => undefined,
    async create(localpart, password) {
      const jid = `${localpart}@localhost`;
      seen.push(`create ${jid}`);
      const { create } = instead;
      delete instead.create;
      if (create) return create();
      if (accounts.has(jid)) return 'taken';
      accounts.set(jid, password);
      return 'created';
    },
    async remove(jid) {
      seen.push(`remove ${jid}`);
      if (world.isDown) throw new Error('the server is down');
      accounts.delete(jid);
    },
    exists: async (jid) => accounts.has(jid),
    changePassword: async () => undefined,
    close: async () => undefined,
  };
  const world = { accounts, seen, instead, provider, isDown: false };
  return world;
}

type World = ReturnType<typeof accountsOf>;

async function rig(world: World = accountsOf(), dataDir = testFolder(), box = secretBox(randomBytes(32))) {
  const clock = new ManualClock(Date.now());
  const never = () => new Promise<never>(() => undefined);
  const line = { connect: () => undefined, disconnect: () => undefined, request: never, send: never };
  const engine = await scriptedEngine({ dataDir, box, line, clock });
  onTestFinished(() => engine.stop());
  const { store, bots, audit } = engine;
  const rows = botErrandRepository(store, box, LOCAL_TENANT);
  const accounts = accountRepository(store, box, LOCAL_TENANT);
  const errands = botErrands({
    store,
    errands: rows,
    audit,
    clock,
    logger: silentLogger,
    provider: () => world.provider,
    events: engine.events,
    isOurs: async (jid, _, password) => world.accounts.get(jid) === password,
    isInUse: async (jid) => (await accounts.byJid(jid)) !== undefined,
    sessionClosed: async () => undefined,
    forgetContact: async () => undefined,
  });
  const dedicated = dedicatedBots({
    store,
    bots,
    accounts,
    ejabberd: { accounts: () => world.provider, placeFor: () => ({ service: undefined, ca: undefined }) },
    errands,
  });
  return {
    world,
    seen: world.seen,
    instead: world.instead,
    dataDir,
    box,
    clock,
    engine,
    bots,
    audit,
    errands,
    dedicated,
    create: (name = 'Weather') => dedicated.create({ name, owner: OWNER }, CALLER),
    remove: (id: number) =>
      store.write(async (tx) => dedicated.delete(tx, await bots.find(id, undefined, tx), CALLER)),
    /** Kind and attempts of what is left to do about accounts, as it is on the disk. */
    waiting: async () => {
      const all = await rows.all();
      await store.durable();
      return all.filter(({ kind }) => kind !== 'contact').map(({ kind, attempts }) => [kind, attempts]);
    },
    /** The account that was asked for last, and the password meant for it. */
    lastTried: () => world.seen.findLast((one) => one.startsWith('create '))?.slice('create '.length) ?? '',
    passwordOf: async (jid: string) => (await rows.all()).find((one) => one.jid === jid)?.password ?? '',
  };
}

describe('making a dedicated bot', () => {
  it('makes its account first, and leaves nothing to do', async () => {
    const { create, world, waiting, bots } = await rig();

    const { bot } = await create();

    expect(bot.jid).toMatch(/^bot_weather_[0-9a-f]{4}@localhost$/);
    expect([...world.accounts.keys()]).toEqual([bot.jid]);
    expect(await waiting()).toEqual([]);
    expect(await bots.list(OWNER)).toHaveLength(1);
  });

  it('takes another name where one is taken, whose account it leaves alone', async () => {
    const { create, instead, world, waiting } = await rig();
    let taken = '';
    instead.create = async () => {
      taken = world.seen.at(-1)?.slice('create '.length) ?? '';
      world.accounts.set(taken, "somebody else's");
      return 'taken';
    };

    const { bot } = await create();

    expect(bot.jid).not.toBe(taken);
    expect([...world.accounts.keys()].sort()).toEqual([taken, bot.jid].sort());
    expect(await waiting()).toEqual([]);
  });

  it('takes back an account whose making was never confirmed, if it is ours', async () => {
    const { create, instead, world, waiting, bots, lastTried, passwordOf } = await rig();
    instead.create = async () => {
      world.accounts.set(lastTried(), await passwordOf(lastTried()));
      throw new Error('the answer was lost');
    };
    await expect(create()).rejects.toThrow('the answer was lost');
    await until('nothing to be left to do', async () => (await waiting()).length === 0);
    expect([...world.accounts]).toEqual([]);

    instead.create = async () => {
      world.accounts.set(lastTried(), "somebody else's");
      throw new Error('the answer was lost');
    };
    await expect(create()).rejects.toThrow('the answer was lost');
    await until('nothing to be left to do', async () => (await waiting()).length === 0);
    expect([...world.accounts]).toEqual([[lastTried(), "somebody else's"]]);
    expect(await bots.list(OWNER)).toEqual([]);
  });

  it('takes the account back when the bot could not be stored', async () => {
    const { dedicated, world, waiting } = await rig();
    const making = dedicated.create({ name: 'Weather', owner: OWNER }, CALLER, async () => {
      throw new Error('no');
    });
    await expect(making).rejects.toThrow('no');

    await until('nothing to be left to do', async () => (await waiting()).length === 0);
    expect([...world.accounts]).toEqual([]);
  });

  it('refuses the twenty-first bot of an owner before the server hears of it', async () => {
    const { create, seen } = await rig();
    for (let count = 0; count < 20; count += 1) await create(`Bot ${count}`);
    const before = seen.length;

    await expect(create()).rejects.toMatchObject({ code: 'bot.limit' });
    expect(seen).toHaveLength(before);
  });

  it('is not disturbed by errands that fall due meanwhile', async () => {
    const { create, instead, world, errands, engine, clock, waiting, seen, lastTried, passwordOf } =
      await rig();
    const old = { jid: bareJid('bot_old_0000@localhost'), owner: OWNER, password: 'x' };
    await engine.store.write((tx) => errands.remove(tx, old));
    instead.create = async () => {
      world.accounts.set(lastTried(), await passwordOf(lastTried()));
      onTestFinished(errands.start());
      await until('the errands to be planned', () => clock.waits.includes(0));
      // What is due is done now, with the account there and its bot not.
      clock.advance(0);
      await until('the old errand to be done', async () => (await waiting()).length === 1);
      return 'created';
    };

    const { bot } = await create();

    expect([...world.accounts.keys()]).toEqual([bot.jid]);
    expect(seen.filter((one) => one.startsWith('remove'))).toEqual(['remove bot_old_0000@localhost']);
  });

  it.each([
    ['ours', true],
    ["somebody else's", false],
  ])('looks at what a crash left of it: the account is %s', async (_, isOurs) => {
    const first = await rig();
    const { world, lastTried, passwordOf, dataDir, box } = first;
    const died = Promise.withResolvers<void>();
    world.instead.create = async () => {
      world.accounts.set(lastTried(), isOurs ? await passwordOf(lastTried()) : "somebody else's");
      died.resolve();
      return new Promise<never>(() => undefined);
    };
    void first.create();
    await died.promise;
    await first.engine.stop();

    const second = await rig(world, dataDir, box);
    onTestFinished(second.errands.start());
    await until('it to be looked at', async () => {
      second.clock.advance(MINUTE_MS);
      return (await second.waiting()).length === 0;
    });
    expect(world.accounts.has(lastTried())).toBe(!isOurs);
  });
});

describe('deleting a dedicated bot', () => {
  it('removes its account, and says so in the audit log', async () => {
    const { create, remove, dedicated, world, audit, waiting } = await rig();
    const { bot } = await create();

    const errandId = await remove(bot.id);

    expect(await dedicated.isRemoved(errandId ?? 0)).toBe(true);
    expect([...world.accounts]).toEqual([]);
    expect(await waiting()).toEqual([]);
    const actions = (await audit.page({ limit: 5 })).map(({ action, outcome }) => [action, outcome]);
    expect(actions).toContainEqual(['bot.account-removed', 'ok']);
  });

  it('is tried again after one, five, fifteen minutes, then every hour, also by the next engine', async () => {
    const first = await rig();
    const { create, remove, dedicated, world, clock, waiting, errands, dataDir, box, engine } = first;
    onTestFinished(errands.start());
    const { bot } = await create();
    world.isDown = true;
    const errandId = (await remove(bot.id)) ?? 0;
    expect(await dedicated.isRemoved(errandId)).toBe(false);
    const removals = () => world.seen.filter((one) => one.startsWith('remove')).length;

    for (const [index, minutes] of [1, 5, 15, 60, 60].entries()) {
      const before = removals();
      clock.advance(minutes * MINUTE_MS - SECOND_MS);
      expect([minutes, removals()]).toEqual([minutes, before]);
      clock.advance(SECOND_MS);
      await until(`try ${index + 2}`, async () => (await waiting())[0]?.[1] === index + 2);
      expect(removals()).toBe(before + 1);
    }

    await engine.stop();
    world.isDown = false;
    const second = await rig(world, dataDir, box);
    second.clock.advance(4 * 60 * MINUTE_MS);
    onTestFinished(second.errands.start());
    await until('the errand to be planned', () => second.clock.waits.includes(0));
    second.clock.advance(0);
    await until('nothing to be left to do', async () => (await second.waiting()).length === 0);
    expect([...world.accounts]).toEqual([]);
  });
});
