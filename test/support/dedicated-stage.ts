import { type DeviceLists, fetchDeviceLists } from '../../src-main/gateways/omemo/device-list-node.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { chatClient } from './chat-client.ts';
import {
  allowAccounts,
  createDedicated,
  type DedicatedBot,
  hear,
  say,
  stateOf,
  textsOf,
} from './dedicated-bot.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import type { OwnerClient } from './owner-clients.ts';
import type { Ejabberd, Prosody } from './servers/servers.ts';
import type { AtEnd } from './test-folder.ts';
import { testFolder } from './test-folder.ts';
import { until } from './until.ts';

const NO_LISTS: DeviceLists = { legacy: undefined, omemo2: undefined };

type StartOwner = (place: {
  server: Ejabberd | Prosody;
  jid: string;
  password: string;
  atEnd: AtEnd;
}) => Promise<OwnerClient>;

/** An owner with a bot. */
export interface Pair {
  owner: OwnerClient;
  bot: DedicatedBot;
}

/**
 * Owners at different clients, each with a dedicated bot in the same engine, so that what needs the engine to stop is
 * done for all of them at once.
 */
export async function dedicatedStage(
  server: Ejabberd | Prosody,
  startOwners: readonly StartOwner[],
  atEnd: AtEnd,
) {
  const dataDir = testFolder(atEnd);
  let engine: EngineProcess = await startEngineProcess(dataDir);
  atEnd(async () => void (await engine.stop()));
  await allowAccounts(engine, server);
  const owners = await Promise.all(
    startOwners.map(async (start, index) => {
      await server.register(`you${index}`, 'you-pw');
      return start({ server, jid: `you${index}@localhost`, password: 'you-pw', atEnd });
    }),
  );
  const pairs: Pair[] = [];
  await server.register('watcher', 'watcher-pw');
  const watcher = await chatClient(server, 'watcher@localhost', 'watcher-pw');
  atEnd(watcher.close);

  /** Does the same for every pair at once; what goes wrong is told with the name of the client. */
  const each = <T>(work: (pair: Pair) => Promise<T>): Promise<T[]> =>
    Promise.all(
      pairs.map((pair) =>
        work(pair).catch((error: Error) => {
          error.message = `${pair.owner.name}: ${error.message}`;
          throw error;
        }),
      ),
    );

  /** The devices of an account as anybody finds them, in both versions. */
  const published = async (jid: string): Promise<number[]> => {
    const { legacy, omemo2 } = await fetchDeviceLists(watcher.session, bareJid(jid)).catch(() => NO_LISTS);
    return (legacy ?? []).map(({ id }) => id).filter((id) => omemo2?.some((one) => one.id === id));
  };

  return {
    published,
    /** The number of a bot's own device. */
    async deviceOf({ bot }: Pair): Promise<number> {
      const path = `/bot/omemo/devices?id=${bot.id}`;
      return (await engine.call<{ own: { device: number } }>('GET', path)).body.own.device;
    },
    pairs,
    each,
    dataDir,
    get engine(): EngineProcess {
      return engine;
    },
    /** Another bot for every owner, in the place of the one before. */
    async newBots(): Promise<void> {
      const made = owners.map(async (owner) => {
        const bot = await createDedicated(engine, { owner: owner.jid });
        await until('its device to be published', async () => (await published(bot.jid)).length > 0);
        return { owner, bot };
      });
      pairs.splice(0, pairs.length, ...(await Promise.all(made)));
    },
    say: ({ bot, owner }: Pair, text: string) => say(engine, bot, owner.jid, text),
    hear: ({ bot }: Pair, text: string) => hear(engine, bot, text),
    texts: ({ bot }: Pair) => textsOf(engine, bot),
    stop: () => engine.stop(),
    kill: () => engine.kill(),
    /** Starts the engine again; resolves when all bots are online. */
    async start(): Promise<void> {
      engine = await startEngineProcess(dataDir, engine.port);
      await each(({ bot }) =>
        until('the bot to be online', async () => (await stateOf(engine, bot)) === 'online').then(
          () => undefined,
        ),
      );
    },
    /** A word from each side, each of which the other can read. */
    async bothWays(text: string): Promise<void> {
      await each(async (pair) => {
        await pair.owner.say(pair.bot, `${text}?`);
        await this.hear(pair, `${text}?`);
        await this.say(pair, `${text}!`);
        await pair.owner.hears(pair.bot, `${text}!`);
      });
    },
  };
}
export type DedicatedStage = Awaited<ReturnType<typeof dedicatedStage>>;
