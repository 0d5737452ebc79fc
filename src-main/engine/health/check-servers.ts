import { amount } from '../../../src-shared/text/said.ts';
import type { ServerServices } from '../../gateways/xmpp/xep-0030-services.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { RoomOverview } from '../rooms/room-service.ts';
import type { Observation } from './observation.ts';

const MIB = 1_024 * 1_024;

/** What the server of an account that is online offers. That it lacks something is to be known, and not wrong by itself. */
export function observeOffers(account: string, offers: ServerServices | undefined): Observation[] {
  if (!offers) return [{ level: 'note', code: 'offers.unknown', account, values: { account } }];
  const { upload, rooms } = offers;
  const most = upload?.maxSizeBytes;
  const files: Observation =
    upload === undefined
      ? { level: 'note', code: 'offers.no-upload', account, values: { account } }
      : most === undefined
        ? { level: 'ok', code: 'offers.upload', account, values: { account, service: upload.jid } }
        : {
            level: 'ok',
            code: 'offers.upload-limited',
            account,
            values: { account, service: upload.jid, size: amount(most / MIB, 1) },
          };
  const ofRooms: Observation =
    rooms === undefined
      ? { level: 'note', code: 'offers.no-rooms', account, values: { account } }
      : { level: 'ok', code: 'offers.rooms', account, values: { account, rooms } };
  return [files, ofRooms];
}

/** The rooms of a bot: those it is not in, and why. */
export function observeRooms(
  { id, name, owner }: Pick<Bot, 'id' | 'name' | 'owner'>,
  rooms: readonly Pick<RoomOverview, 'jid' | 'state' | 'reason' | 'problem'>[],
): Observation[] {
  return rooms.flatMap(({ jid, state, reason, problem }): Observation[] => {
    const why = [reason, problem].filter(Boolean).join(', ');
    const about = { botId: id, account: owner, values: { bot: name, id, room: jid, reason: why } };
    if (state === 'joined') return [{ ...about, level: 'ok', code: 'room.joined' }];
    // It was asked to.
    if (reason === 'left') return [];
    return [
      state === 'out'
        ? { ...about, level: 'warning', code: 'room.out' }
        : { ...about, level: 'warning', code: 'room.away' },
    ];
  });
}
