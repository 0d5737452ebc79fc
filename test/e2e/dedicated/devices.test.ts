import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { atEndOfSuite } from '../../support/at-end.ts';
import { chatClient } from '../../support/chat-client.ts';
import { type DedicatedStage, dedicatedStage, type Pair } from '../../support/dedicated-stage.ts';
import { madeUp } from '../../support/made-up-message.ts';
import {
  type OwnerClient,
  PEER_MODES,
  type PeerMode,
  peerOwner,
  profanityOwner,
} from '../../support/owner-clients.ts';
import { lacks } from '../../support/servers/ready.ts';
import { type Ejabberd, startEjabberd, type Temporary } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';

const timeout = 120_000;
const UNREADABLE = 'A message to this bot could not be decrypted. Please send it again.';
const isMissing = lacks('server', 'client', 'omemo');

// One story: each test goes on where the one before ended.
describe.skipIf(isMissing)('a dedicated bot', { timeout }, () => {
  let server: Temporary<Ejabberd>;
  const atEnd = atEndOfSuite();
  let stage: DedicatedStage;
  /** The owners' other devices, in the order of the pairs. */
  let others: (OwnerClient & { fingerprint: () => Promise<string> })[];

  beforeAll(async () => {
    server = await startEjabberd();
    atEnd(async () => server[Symbol.asyncDispose]());
    const peers = PEER_MODES.map(
      (mode) => (place: Parameters<typeof peerOwner>[1]) => peerOwner(mode, place),
    );
    stage = await dedicatedStage(server, [...peers, profanityOwner], atEnd);
    await stage.newBots();
    await stage.bothWays('Hello');
  }, timeout);

  const otherOf = (pair: Pair) => others[stage.pairs.indexOf(pair)] as (typeof others)[number];
  const notices = ({ owner, bot }: Pair) =>
    owner.heard(bot).filter(({ text }) => text.startsWith(UNREADABLE)).length;

  const infosOf = ({ owner, bot }: Pair) =>
    owner.heard(bot).filter(({ text }) => text.includes('Mode: dedicated'));

  /** Each owner approves in a way of its own. */
  async function approve({ owner, bot }: Pair, device: number): Promise<void> {
    if (owner.name === 'new') {
      const { status, stderr } = await stage.engine.cli([
        'omemo',
        'trust',
        `${device}`,
        '--bot',
        `${bot.id}`,
      ]);
      expect([status, stderr]).toEqual([0, '']);
    } else if (owner.name === 'both') {
      const body = { id: bot.id, device, trust: 'trusted' };
      expect((await stage.engine.call('POST', '/bot/omemo/devices', { body })).status).toBe(200);
    } else await owner.say(bot, `/omemo trust ${device}`);
  }

  it('chats with a second device of its owner, whose commands wait for the first one', async () => {
    others = await stage.each(async ({ owner: { name, jid, password } }) => {
      const mode = name === 'profanity' ? 'old' : (name as PeerMode);
      const place = { server, jid, password, resource: 'second', atEnd };
      const client = await peerOwner(mode, place);
      return { ...client, fingerprint: async () => (await client.peer.ownDevice()).fingerprint };
    });
    await stage.each(async (pair) => {
      const { owner, bot } = pair;
      const other = otherOf(pair);
      await other.say(bot, 'From my second device.');
      await stage.hear(pair, 'From my second device.');
      await stage.say(pair, 'To all of you.');
      await Promise.all([owner.hears(bot, 'To all of you.'), other.hears(bot, 'To all of you.')]);

      await other.say(bot, '/info');
      const number = other.device();
      const { text } = await owner.hears(bot, new RegExp(`^Device ${number} is new: its command waits`));
      const fingerprint = await other.fingerprint();
      expect(text.replaceAll(' ', '')).toContain(fingerprint);
      const told = await owner.hears(bot, new RegExp(`^A new device can read this chat now: ${number}`));
      expect(told.text.replaceAll(' ', '')).toContain(fingerprint);
      // A command of the first one runs meanwhile; it cannot approve itself.
      await other.say(bot, `/omemo trust ${number}`);
      await owner.say(bot, '/start');
      await owner.hears(bot, /^Hello/);
      expect(owner.heard(bot).some((one) => one.text.includes('Mode:'))).toBe(false);

      await approve(pair, number);
      await Promise.all([owner.hears(bot, /Mode: dedicated/), other.hears(bot, /Mode: dedicated/)]);
      await other.say(bot, '/help');
      await other.hears(bot, /^Weather\n/);
    });
  });

  it('notices a device that lost its keys; what that one asks for waits over a restart', async () => {
    await stage.each(async ({ owner, bot }) => {
      await owner.befriend(bot);
      await until('both to be contacts', async () => {
        const [user, host] = bot.jid.split('@');
        const contacts = (await server.api('get_roster', { user, server: host })) as Record<string, string>[];
        return contacts.some(({ jid, subscription }) => jid === owner.jid && subscription === 'both');
      });
    });
    const lost = others.map((other) => other.device());
    await stage.each(async (pair) => {
      const { owner, bot } = pair;
      const other = otherOf(pair);
      await other.startAnew();
      const number = other.device();
      expect(lost).not.toContain(number);
      // Before it has said anything.
      const told = await owner.hears(bot, new RegExp(`^A new device can read this chat now: ${number}`));
      expect(told.text.replaceAll(' ', '')).toContain(await other.fingerprint());
      await stage.say(pair, 'To the new one too.');
      await other.hears(bot, 'To the new one too.');
      await other.say(bot, 'Without my keys.');
      await stage.hear(pair, 'Without my keys.');
      await other.say(bot, '/info');
      await owner.hears(bot, new RegExp(`^Device ${number} is new: its command waits`));
    });
    await stage.stop();
    onDatabase('update waiting_command set sent_at = sent_at - 180000, received_at = received_at - 180000');
    await stage.start();
    await stage.each(async (pair) => {
      const { bot } = pair;
      const other = otherOf(pair);
      await approve(pair, other.device());
      await until('what waited', () => infosOf(pair).length === 2);
      await other.say(bot, '/start');
      await other.hears(bot, /^Hello/);
      expect(infosOf(pair)).toHaveLength(2);
    });
  });

  it('is written to and read again after a reset of its keys', async () => {
    await stage.each(async (pair) => {
      const { bot } = pair;
      const before = await stage.deviceOf(pair);
      expect(await stage.published(bot.jid)).toEqual([before]);
      const reset = await stage.engine.cli(['omemo', 'reset', '--bot', `${bot.id}`, '--yes']);
      expect([reset.status, reset.stderr]).toEqual([0, '']);
      const after = await until('its new device', async () => {
        const [device, ...rest] = await stage.published(bot.jid);
        return rest.length === 0 && device !== before && device;
      });
      expect(await stage.deviceOf(pair)).toBe(after);
    });
    await worksAgain('After the reset', 0);
  });

  it('is written to and read again when its sessions are lost, as they are when a backup is restored', async () => {
    const devices = await stage.each(stage.deviceOf);
    await stage.stop();
    onDatabase('delete from omemo_session');
    await stage.start();
    await worksAgain('After the restore', 1);
    expect(await stage.each(stage.deviceOf)).toEqual(devices);
  });

  it('is written to and read again when all of its keys are lost', async () => {
    await stage.stop();
    for (const table of ['identity', 'signed_prekey', 'prekey', 'contact', 'device', 'session'])
      onDatabase(`delete from omemo_${table}`);
    await stage.start();
    await stage.each(async (pair) => {
      const own = await stage.deviceOf(pair);
      const listed = () => stage.published(pair.bot.jid);
      await until('its new device, alone', async () => (await listed()).join() === String(own));
    });
    await worksAgain('After the loss', 1);
  });

  it('tells of a message that it cannot read, once, and mends the session', async () => {
    await stage.stop();
    await stage.start();
    await stage.each(async (pair) => {
      const { owner, bot } = pair;
      const before = notices(pair);
      const heard = owner.heard(bot).length;
      const client = await chatClient(server, owner.jid, owner.password, 'third');
      const device = await stage.deviceOf(pair);
      for (const id of ['forged-1', 'forged-2'])
        await client.send(madeUp(bot.jid, id, owner.device(), device));
      await until('the notice', () => notices(pair) > before);
      await worksAgainFor(pair, 'After the forgery');
      expect(notices(pair)).toBe(before + 1);
      expect(
        owner
          .heard(bot)
          .slice(heard)
          .every(({ isEncrypted }) => isEncrypted),
      ).toBe(true);
      await client.close();
    });
  });

  it('is approved from the second device when the first one has lost its keys', async () => {
    await stage.each(async (pair) => {
      const { owner, bot } = pair;
      const other = otherOf(pair);
      const lost = owner.device();
      await owner.startAnew();
      const number = owner.device();
      expect(number).not.toBe(lost);
      await other.hears(bot, new RegExp(`^A new device can read this chat now: ${number}`));
      // The bot writes first: where both begin at once, a client that keeps one session for each device misses something.
      await stage.say(pair, 'Who is there?');
      await owner.hears(bot, 'Who is there?');
      await owner.say(bot, 'It is me.');
      await stage.hear(pair, 'It is me.');
      const before = infosOf(pair).length;
      await owner.say(bot, '/info');
      const { text } = await other.hears(bot, new RegExp(`^Device ${number} is new: its command waits`));
      expect(text).toContain(`botmother omemo trust ${number} --bot ${bot.id}`);
      expect(infosOf(pair)).toHaveLength(before);
      await other.say(bot, `/omemo trust ${number}`);
      await until('what waited', () => infosOf(pair).length === before + 1);
    });
  });

  it('neither hears a device that is not trusted any more nor speaks to it', async () => {
    await stage.each(async (pair) => {
      const { owner, bot } = pair;
      const other = otherOf(pair);
      const number = other.device();
      await owner.say(bot, `/omemo distrust ${number}`);
      await owner.hears(bot, new RegExp(`^Device ${number} is not trusted any more`));
      await other.say(bot, 'Do you hear me?');
      await other.say(bot, '/help');
      await owner.say(bot, 'Now me.');
      await stage.hear(pair, 'Now me.');
      await stage.say(pair, 'For you alone.');
      await owner.hears(bot, 'For you alone.');
      expect(await stage.texts(pair)).not.toContain('Do you hear me?');
      expect(
        other.heard(bot).filter(({ text, isEncrypted }) => isEncrypted && text === 'For you alone.'),
      ).toEqual([]);
    });
  });

  /** Once the owner has written, each side reads the other; meanwhile the owner is asked to repeat so often at most. */
  async function worksAgain(text: string, noticesAtMost: number): Promise<void> {
    await stage.each(async (pair) => {
      const before = notices(pair);
      await worksAgainFor(pair, text);
      expect(notices(pair) - before).toBeLessThanOrEqual(noticesAtMost);
    });
  }
  async function worksAgainFor(pair: Pair, text: string): Promise<void> {
    const { owner, bot } = pair;
    const before = notices(pair);
    await owner.say(bot, `${text}?`);
    const isHeard = async () => (await stage.texts(pair)).includes(`${text}?`);
    await until(`the bot to hear or to ask again`, async () => notices(pair) > before || (await isHeard()));
    if (!(await isHeard())) await owner.say(bot, `${text}, again?`);
    await until('the bot to hear', async () =>
      (await stage.texts(pair)).some((one) => one === `${text}?` || one === `${text}, again?`),
    );
    await stage.say(pair, `${text}!`);
    await owner.hears(bot, `${text}!`);
    await owner.say(bot, `${text}, really?`);
    await stage.hear(pair, `${text}, really?`);
  }

  function onDatabase(sql: string): void {
    const database = new BetterSqlite3(join(stage.dataDir, 'bot_registry.db'));
    database.prepare(sql).run();
    database.close();
  }
});
