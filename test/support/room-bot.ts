import { randomUUID } from 'node:crypto';
import type { DedicatedBot } from './dedicated-bot.ts';
import type { EngineProcess } from './engine-process.ts';
import { until } from './until.ts';

export interface RoomUpdate {
  update_id: number;
  type: string;
  data: Record<string, unknown> & { body: string; from: string };
}

/** A room that nobody has been in. */
export const newRoom = (name = 'general') => `${name}-${randomUUID().slice(0, 8)}@conference.localhost`;

const ALL = ['message', 'reaction', 'edited_message', 'deleted_message', 'room_joined', 'room_left'];

/** A bot's program that is in rooms. */
export function roomBot(engine: () => EngineProcess, { token, id }: Pick<DedicatedBot, 'token' | 'id'>) {
  const post = (path: string, body: unknown) =>
    engine().call<Record<string, unknown>>('POST', path, { token, body });
  const updates = async (): Promise<RoomUpdate[]> => {
    const path = `/bot/getUpdates?allowed_updates=${ALL.join(',')}`;
    return (await engine().call('GET', path, { token })).body.result as RoomUpdate[];
  };
  return {
    join: (room: string, more: { nick?: string; password?: string } = {}) =>
      post('/bot/joinRoom', { room, ...more }),
    leave: (room: string) => post('/bot/leaveRoom', { room }),
    async say(room: string, text: string, more: Record<string, string> = {}): Promise<string> {
      const { status, body } = await post('/bot/sendMessage', { to: room, text, type: 'groupchat', ...more });
      if (status !== 200) throw new Error(`sendMessage: ${status} ${JSON.stringify(body)}`);
      return String(body.message_id);
    },
    post,
    updates,
    /** Waits for an update of a room that fits. */
    hears: (what: string, fits: (update: RoomUpdate) => boolean): Promise<RoomUpdate> =>
      until(what, async () => (await updates()).find(fits), 30_000).catch(async (error: Error) => {
        throw new Error(`${error.message}: ${JSON.stringify(await updates(), undefined, 1)}`);
      }),
    state: async (messageId: string) =>
      (
        await engine().call<{ state: string; reason: string | null }>(
          'GET',
          `/bot/getMessageState?message_id=${messageId}`,
          { token },
        )
      ).body,
    rooms: async () =>
      (await engine().call('GET', `/api/v1/bots/${id}/rooms`)).body.result as {
        room: string;
        nick: string;
        state: string;
        reason: string | null;
        problem: string | null;
        encrypted: boolean | null;
        occupants: { nick: string; jid: string | null }[];
        unreached: string[];
      }[],
  };
}
export type RoomBot = ReturnType<typeof roomBot>;
