import { describe, expect, it } from 'vitest';
import { observeOffers, observeRooms } from '../../../../src-main/engine/health/check-servers.ts';
import { worded } from '../../../../src-main/engine/health/observation.ts';
import type { BotId } from '../../../../src-shared/ids.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const ACCOUNT = 'you@localhost';
const codes = (observations: { code: string }[]) => observations.map(({ code }) => code);

describe('what the server of an account offers', () => {
  it('tells where files go and how large they may be, and where rooms are', () => {
    const upload = { jid: 'upload.localhost', maxSizeBytes: 10 * 1_024 * 1_024 };

    expect(observeOffers(ACCOUNT, { upload, rooms: 'conference.localhost' })).toMatchObject([
      { level: 'ok', code: 'offers.upload-limited', values: { service: 'upload.localhost' } },
      { level: 'ok', code: 'offers.rooms', values: { rooms: 'conference.localhost' } },
    ]);
    const half = { upload: { ...upload, maxSizeBytes: 1_536 * 1_024 }, rooms: undefined };
    const [ofHalf] = observeOffers(ACCOUNT, half).map((one) => worded(one, 'de').title);
    expect(ofHalf).toContain('höchstens je 1,5 MiB');
    const anySize = { upload: { ...upload, maxSizeBytes: undefined }, rooms: undefined };
    expect(codes(observeOffers(ACCOUNT, anySize))).toEqual(['offers.upload', 'offers.no-rooms']);
  });

  it('tells what is not there, and what is not known', () => {
    const none = observeOffers(ACCOUNT, { upload: undefined, rooms: undefined });

    expect(codes(none)).toEqual(['offers.no-upload', 'offers.no-rooms']);
    expect(codes(observeOffers(ACCOUNT, undefined))).toEqual(['offers.unknown']);
  });
});

describe('the rooms of a bot', () => {
  type Rooms = Parameters<typeof observeRooms>[1];
  const room = { jid: bareJid('tea@conference.localhost'), reason: undefined, problem: undefined };
  const seen = (...rooms: Rooms) =>
    observeRooms({ id: 3 as BotId, name: 'Weather', owner: bareJid(ACCOUNT) }, rooms);

  it('are well where it is in, and where it has left', () => {
    expect(codes(seen({ ...room, state: 'joined' }))).toEqual(['room.joined']);
    expect(seen({ ...room, state: 'out', reason: 'left' })).toEqual([]);
  });

  it('say why it is out of one, or not in one yet', () => {
    expect(seen({ ...room, state: 'out', reason: 'banned', problem: 'spam' })).toMatchObject([
      { level: 'warning', code: 'room.out', values: { room: room.jid, reason: 'banned, spam' } },
    ]);
    expect(codes(seen({ ...room, state: 'away', problem: 'it does not answer' }))).toEqual(['room.away']);
  });
});
