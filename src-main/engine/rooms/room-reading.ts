import type { Element } from '../../gateways/xmpp/element.ts';
import { readSubject } from '../../gateways/xmpp/xep-0045-muc.ts';
import type { ArchivedMessage } from '../../gateways/xmpp/xep-0313-archive.ts';
import type { LiveRoomDeps } from './live-room-deps.ts';
import { type RoomView, readRoomStanza } from './read-room-message.ts';
import { roomBacklog } from './room-backlog.ts';
import type { RoomNow } from './room-now.ts';
import type { RoomPeople } from './room-people.ts';

/** A message that came while it was not known yet what the room is, or while its archive was read. */
interface Held {
  stanza: Element;
  receivedAt: number;
  view: RoomView;
}

/** Hands on what a room says, with what is known of the room and of who says it at the moment it comes. */
export function roomReading(
  { account, intake, clock }: Pick<LiveRoomDeps, 'account' | 'intake' | 'clock'>,
  now: RoomNow,
  people: RoomPeople,
) {
  /** After entering the room tells its subject: that is no news. */
  let wasToldSubject = false;

  const ids = () => ({
    hasStanzaIds: now.info?.hasStanzaIds === true,
    hasOccupantIds: now.info?.hasOccupantIds === true,
  });

  /** What is known of the room at this moment, for one sender. */
  function viewFor(nick: string): RoomView {
    const occupant = people.of(nick);
    const person = people.personOf(nick);
    return {
      room: now.row.jid,
      nick: now.joined?.nickname ?? now.row.nick,
      account: account.jid,
      occupants: occupant ? new Map([[nick, occupant]]) : new Map(),
      personOf: () => person,
      ...ids(),
    };
  }

  const takeNow = ({ stanza, receivedAt, view }: Held): Promise<void> => {
    const known = { ...view, ...ids() };
    const from = readRoomStanza(stanza, known, { receivedAt });
    // Some rooms tell their past, asked or not: it was said before anybody listened.
    if (from.isOld && from.sentAt < now.row.joinedAt) return Promise.resolve();
    return intake.take(from, known);
  };
  const backlog = roomBacklog(takeNow);

  return {
    /** The room is entered: what comes from now on waits until `drain`. */
    begin(): void {
      backlog.begin();
      wasToldSubject = false;
    },
    drain: backlog.drain,
    drop: backlog.drop,
    end: backlog.end,

    /** A message of the room; resolves when it is stored, or held. */
    async take(stanza: Element): Promise<void> {
      const isFirstSubject = !wasToldSubject && readSubject(stanza) !== undefined;
      wasToldSubject ||= isFirstSubject;
      if (isFirstSubject) return;
      const address = String(stanza.attrs.from ?? '');
      const nick = address.includes('/') ? address.slice(address.indexOf('/') + 1) : '';
      const one: Held = { stanza, receivedAt: clock.now(), view: viewFor(nick) };
      if (!backlog.add(one) && now.joined) await takeNow(one);
    },
    /** The same from the archive, which is in front of all that is held. */
    takeArchived({ message, stampMs, archiveId }: ArchivedMessage): Promise<void> {
      const view = viewFor('');
      return intake.take(
        readRoomStanza(message, view, { receivedAt: clock.now(), stampMs, archiveId }),
        view,
      );
    },
  };
}
export type RoomReading = ReturnType<typeof roomReading>;
