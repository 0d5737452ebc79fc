import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { allowAccounts, createDedicated, type DedicatedBot, startProsodyForBots } from './dedicated-bot.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import { type RoomBot, roomBot } from './room-bot.ts';
import { OPEN, type RoomGuest, roomGuest } from './room-guest.ts';
import { type Ejabberd, type Prosody, startEjabberd, type Temporary } from './servers/servers.ts';
import { type NewAccount, newAccount } from './shared-server.ts';
import { testFolder } from './test-folder.ts';

/** The servers that rooms are tried on. */
export const ROOM_SERVERS = [
  { name: 'ejabberd', start: startEjabberd, needs: ['server'] as const },
  { name: 'Prosody', start: startProsodyForBots, needs: ['prosody'] as const },
];
const STARTED_WITHIN_MS = 180_000;

type Server = Ejabberd | Prosody;

/** A real server, an engine and a dedicated bot in it, for the tests of one block; rooms and who is there are each test's own. */
export interface RoomStage {
  readonly server: Server;
  readonly engine: EngineProcess;
  readonly bot: DedicatedBot;
  readonly program: RoomBot;
  readonly owner: NewAccount;
  /** Stops the engine; it comes back with `startEngine`, on the same port. */
  stopEngine(): Promise<void>;
  startEngine(): Promise<void>;
  /** Somebody new in a room, which they make with that configuration where it is not there. */
  guest(room: string, nick?: string, fields?: Parameters<typeof roomGuest>[2]['fields']): Promise<RoomGuest>;
  /** The same with an account that there is. */
  guestAs(account: NewAccount, room: string, nick: string): Promise<RoomGuest>;
}

/** To be called in a `describe`. Nothing is started where `isMissing`. */
export function roomStage(start: () => Promise<Temporary<Server>>, isMissing: boolean): RoomStage {
  const closers: (() => unknown)[] = [];
  const atEnd = (close: () => unknown) => void closers.push(close);
  let server: Temporary<Server>;
  let engine: EngineProcess;
  let bot: DedicatedBot;
  let program: RoomBot;
  let owner: NewAccount;

  beforeAll(async () => {
    if (isMissing) return;
    server = await start();
    engine = await startEngineProcess(testFolder(atEnd));
    atEnd(() => engine.kill());
    await allowAccounts(engine, server);
    owner = await newAccount(server, 'owner');
    bot = await createDedicated(engine, { name: 'Weather', owner: owner.jid });
    program = roomBot(() => engine, bot);
    // What kinds of updates it wants is known from its first question on.
    await program.updates();
  }, STARTED_WITHIN_MS);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
    await server?.[Symbol.asyncDispose]();
  }, STARTED_WITHIN_MS);

  async function enter(account: NewAccount, place: Parameters<typeof roomGuest>[2]): Promise<RoomGuest> {
    const guest = await roomGuest(server, account, place);
    onTestFinished(guest.close);
    return guest;
  }
  return {
    get server() {
      return server;
    },
    get engine() {
      return engine;
    },
    get bot() {
      return bot;
    },
    get program() {
      return program;
    },
    get owner() {
      return owner;
    },
    stopEngine: async () => void (await engine.stop()),
    async startEngine() {
      engine = await startEngineProcess(engine.dataDir, engine.port);
    },
    guest: async (room, nick = 'anna', fields = undefined) =>
      enter(await newAccount(server, nick), { room, nick, ...(fields && { fields }) }),
    guestAs: (account, room, nick) => enter(account, { room, nick, fields: OPEN }),
  };
}
