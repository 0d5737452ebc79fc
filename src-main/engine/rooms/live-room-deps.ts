import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Store } from '../../store/open.ts';
import type { OutReason, RoomRepository } from '../../store/room-repository.ts';
import type { Conversations } from '../messages/conversations.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { Omemo } from '../omemo/omemo.ts';
import type { RoomIntake } from './room-intake.ts';

/** What one room of an account works with. */
export interface LiveRoomDeps {
  account: Account;
  session: Session;
  store: Store;
  rooms: RoomRepository;
  intake: RoomIntake;
  outbox: Outbox;
  omemo: Omemo;
  conversations: Pick<Conversations, 'isSecret'>;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
  /** The account is out, and comes back only when somebody asks: to be stored and told. */
  onOut: (room: BareJid, out: { nick: string; reason: OutReason; text: string | undefined }) => Promise<void>;
}
