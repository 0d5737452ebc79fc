import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Pipelines } from '../messages/pipelines.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Attachment } from './account-sessions.ts';
import { attachBot } from './attach-bot.ts';
import { attachPerson } from './attach-person.ts';

type AttachDeps = Omit<
  Parameters<typeof attachPerson>[2] & Parameters<typeof attachBot>[2],
  'inbound' | 'rooms'
> & {
  inbound: Pipelines;
  rooms: Rooms;
};

/** Ties a session to the engine, by whose account it is: a person's, or a dedicated bot's. */
export const attach = (
  account: Account,
  session: Session,
  { inbound, rooms, ...deps }: AttachDeps,
): Promise<Attachment> =>
  account.botId === undefined
    ? attachPerson(account, session, { ...deps, inbound: inbound.ofPerson, rooms: rooms.ofPerson })
    : attachBot(account, session, { ...deps, inbound: inbound.ofBot, rooms: rooms.ofBot });
