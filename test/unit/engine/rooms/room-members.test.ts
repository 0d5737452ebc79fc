import { parse } from 'ltx';
import { expect, it } from 'vitest';
import { roomMembers } from '../../../../src-main/engine/rooms/room-members.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

type Deps = Parameters<typeof roomMembers>[0];
const [anna, bert, cleo] = ['anna', 'bert', 'cleo'].map((name) => bareJid(`${name}@localhost`)) as [
  ReturnType<typeof bareJid>,
  ReturnType<typeof bareJid>,
  ReturnType<typeof bareJid>,
];

it('keeps what a room says while its lists are read, which may be older', async () => {
  const asked: { affiliation: string; answer: (jids: string[]) => void }[] = [];
  const members = roomMembers({
    account: { jid: bareJid('bot@localhost'), botId: 1 },
    session: {
      request: (iq: unknown) => {
        const { promise, resolve } = Promise.withResolvers<unknown>();
        const affiliation = /affiliation="(\w+)"/.exec(String(iq))?.[1] ?? '';
        const answer = (jids: string[]) => {
          const items = jids.map((jid) => `<item affiliation='${affiliation}' jid='${jid}'/>`).join('');
          const query = `<query xmlns='http://jabber.org/protocol/muc#admin'>${items}</query>`;
          resolve(parse(`<iq type='result'>${query}</iq>`));
        };
        asked.push({ affiliation, answer });
        return promise;
      },
    },
    room: bareJid('tea@conference.localhost'),
    occupants: () => [],
    clock: new ManualClock(),
  } as unknown as Deps);
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  const reading = members.refresh();
  await turn();
  asked[0]?.answer([]);
  await turn();
  asked[1]?.answer([]);
  await turn();
  // The list of members is on its way: one of them goes, and somebody becomes one.
  members.note(anna, 'outcast');
  members.note(cleo, 'member');
  asked[2]?.answer([anna, bert]);
  await reading;

  expect(asked.map(({ affiliation }) => affiliation)).toEqual(['owner', 'admin', 'member']);
  expect(members.all().sort()).toEqual([bert, cleo]);
});
