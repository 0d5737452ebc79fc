import type { Engine } from '../../../src-main/engine/engine.ts';
import type { Bot } from '../../../src-main/store/bot-repository.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { until } from '../until.ts';
import { omemoRig } from './omemo-rig.ts';
import { type PersonRig, personRig, YOU } from './person-rig.ts';
import { BOT } from './scripted-bot.ts';
import { ScriptedRoom } from './scripted-room.ts';

export const ROOM = 'tea@conference.localhost';
export const CALLER = { actor: 'test', from: 'test' };
export const MINUTE = 60_000;
/** What a room says of itself that is for members only, who see each other's addresses. */
export const PRIVATE = ['muc_membersonly', 'muc_nonanonymous'];
/** Encrypted for somebody else. */
export const NOT_FOR_US =
  `<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='5'><key rid='999'>AAAA</key><iv>AAAAAAAAAAAAAAAA</iv></header>` +
  `<payload>AAAA</payload></encrypted><body>encrypted</body>`;

/** What a test asks of a bot that is in the room. */
function tools({ engine, jid, bot }: { engine: Engine; jid: string; bot: () => Bot }) {
  const stateOf = async (id: string) => (await engine.outgoing.messages.stateOf(bot(), id)).state;
  return {
    say: (text: string) => engine.outgoing.messages.send(bot(), { to: ROOM, text, type: 'groupchat' }),
    join: (more: { nick?: string; password?: string } = {}) =>
      engine.rooms.join(bot(), { room: ROOM, ...more }, CALLER),
    leave: () => engine.rooms.leave(bot(), ROOM, CALLER),
    stateOf,
    outcomeOf: (id: string) => engine.outgoing.messages.stateOf(bot(), id),
    delivered: (id: string) => until('it to be shown', async () => (await stateOf(id)) === 'delivered'),
    async seen() {
      return (await engine.rooms.list(bot())).find((one) => one.jid === ROOM);
    },
    /** The stream was cut and is back: the session goes on, or is another one. */
    cut: (resumed: boolean) =>
      (engine.sessions.of(bareJid(jid)) as unknown as { cut(resumed: boolean): void }).cut(resumed),
  };
}

/** A dedicated bot, and a room that it is not in yet. */
export async function roomRig(options: Parameters<typeof omemoRig>[0] = {}) {
  const rig = await omemoRig(options);
  const room = new ScriptedRoom(rig.server, ROOM);
  const own = tools({ ...rig, jid: BOT, bot: () => rig.bot });
  return {
    ...rig,
    ...own,
    room,
    /** Brings it into the room; resolves when it follows what is said there. */
    async comeIn(): Promise<void> {
      await own.join();
      await own.delivered(await own.say('hello'));
    },
  };
}
export type RoomRig = Awaited<ReturnType<typeof roomRig>>;

/** A person with a bot that hears their rooms, and a room. */
export async function personInRoom(options: Parameters<typeof personRig>[0] = {}) {
  const rig: PersonRig = await personRig(options);
  const room = new ScriptedRoom(rig.server, ROOM);
  const make = (name: string) =>
    rig.engine.store.write(async (tx) => {
      const request = { name, owner: YOU, mode: 'personal' as const };
      return (await rig.engine.bots.create(tx, request, CALLER)).bot;
    });
  const [bot, other] = [await make('Wide'), await make('Narrow')];
  await rig.start();
  return { ...rig, ...tools({ engine: rig.engine, jid: YOU, bot: () => bot }), room, bot, other };
}
