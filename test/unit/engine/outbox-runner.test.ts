import { expect, it } from 'vitest';
import { Emitter } from '../../../src-main/base/emitter.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { startOutboxRunner } from '../../../src-main/engine/messages/outbox-runner.ts';
import { SendQueueFull, SessionLost } from '../../../src-main/gateways/xmpp/session.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import { ManualClock } from '../../support/manual-clock.ts';

type Deps = Parameters<typeof startOutboxRunner>[0];
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

function runner(texts: string[]) {
  const clock = new ManualClock(0);
  const events = new Emitter<EngineEvents>(() => undefined);
  const rows = texts.map((id, index) => ({ seq: index + 1, id, stanza: `<message id='${id}'/>` }));
  const sent: string[] = [];
  const room = { left: Number.POSITIVE_INFINITY };
  const stream = { isGone: false };
  let ready: (event: { resumed: boolean }) => void = () => undefined;
  startOutboxRunner({
    accountId: 1,
    session: {
      state: 'online',
      onReady: (listener: typeof ready) => {
        ready = listener;
        return () => undefined;
      },
      send: (stanza: string) => {
        if (stream.isGone) throw new SessionLost('gone');
        if (room.left <= 0) throw new SendQueueFull('full');
        room.left -= 1;
        sent.push(/id='(.+?)'/.exec(stanza)?.[1] ?? '');
        return new Promise(() => undefined);
      },
    },
    outbox: {
      waiting: async (_: number, after: number, limit: number) =>
        rows.filter(({ seq }) => seq > after).slice(0, limit),
      noteSent: () => undefined,
      isOnTheWay: () => false,
      isHeldBack: () => false,
    },
    store: { writeTogether: async () => undefined, durable: async () => undefined },
    events,
    clock,
    logger: silentLogger,
    // The runner uses no more than this of its parts.
  } as unknown as Deps);
  return {
    clock,
    sent,
    room,
    stream,
    add(id: string) {
      rows.push({ seq: rows.length + 1, id, stanza: `<message id='${id}'/>` });
      events.emit('message.queued', { accountId: 1 } as EngineEvents['message.queued']);
    },
    newSession: () => ready({ resumed: false }),
    resumed: () => ready({ resumed: true }),
  };
}

it('keeps order and repeats nothing when the session takes no more for a moment', async () => {
  const one = runner(['m1', 'm2', 'm3']);
  one.room.left = 1;
  await turns();
  expect(one.sent).toEqual(['m1']);

  one.room.left = 100;
  one.add('m4');
  await turns();
  expect(one.sent).toEqual(['m1']);
  one.clock.advance(1_000);
  await turns();
  expect(one.sent).toEqual(['m1', 'm2', 'm3', 'm4']);
});

it('begins anew with a new session, though the last one was full', async () => {
  const one = runner(['m1', 'm2']);
  one.room.left = 1;
  await turns();
  one.room.left = 100;
  one.newSession();
  await turns();
  expect(one.sent).toEqual(['m1', 'm1', 'm2']);

  one.clock.advance(1_000);
  await turns();
  expect(one.sent).toEqual(['m1', 'm1', 'm2']);
});

it('loses nothing, and no order, when the stream is gone before the session says so', async () => {
  const one = runner(['m1', 'm2']);
  one.stream.isGone = true;
  await turns();
  expect(one.sent).toEqual([]);

  one.stream.isGone = false;
  one.add('m3');
  one.resumed();
  one.clock.advance(1_000);
  await turns();
  expect(one.sent).toEqual(['m1', 'm2', 'm3']);
});
