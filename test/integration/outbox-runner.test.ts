import { parse } from 'ltx';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../src-main/base/logger.ts';
import { startOutboxRunner } from '../../src-main/engine/messages/outbox-runner.ts';
import { type Session, SessionLost } from '../../src-main/gateways/xmpp/session.ts';
import { connectedEngine } from '../support/connected-engine.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

/** A stream that takes what it is given; the test says what becomes of it. */
function stream() {
  const written: { text: string; acknowledge: () => void; lose: () => void }[] = [];
  const listeners = new Set<(event: { resumed: boolean }) => void>();
  const session = {
    state: 'online',
    send(stanza: unknown) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const lose = () => reject(new SessionLost('gone'));
      const text = parse(String(stanza)).getChildText('body') ?? '';
      written.push({ text, acknowledge: resolve, lose });
      return promise;
    },
    onReady(listener: (event: { resumed: boolean }) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const ready = (resumed: boolean) => {
    for (const listener of listeners) listener({ resumed });
  };
  return { written, ready, session: session as unknown as Session };
}

async function running({ refusedCommits = 0 } = {}) {
  const engine = await connectedEngine();
  const { outbox, store: whole, events } = engine.engine;
  let left = refusedCommits;
  const writeTogether: typeof whole.writeTogether = (unit) =>
    left-- > 0 ? Promise.reject(new Error('no space')) : whole.writeTogether(unit);
  const store = { ...whole, writeTogether };
  const { written, ready, session } = stream();
  const clock = new ManualClock();
  const start = () => {
    const deps = { accountId: engine.accountId, session, outbox, store, events };
    const runner = startOutboxRunner({ ...deps, clock, logger: silentLogger });
    onTestFinished(() => runner.close());
    return runner;
  };
  const texts = () => written.map(({ text }) => text);
  return { engine, outbox, written, ready, start, texts, clock };
}

/** One message that is on its way, and what is told of it. */
async function oneWritten(options?: Parameters<typeof running>[0]) {
  const rig = await running(options);
  const id = await rig.engine.say({ text: 'one' });
  const told: string[] = [];
  rig.engine.engine.events.on('message.state-changed', ({ state }) => void told.push(state));
  rig.start();
  await until('it to be written', () => rig.written.length === 1);
  return { ...rig, id, told };
}

describe('the outbox', () => {
  it('shows what is on its way as sent, until the server has it or the session is lost', async () => {
    const { engine, written, ready, start } = await running();
    const [one, two] = [await engine.say({ text: 'one' }), await engine.say({ text: 'two' })];
    const states = async () => [await engine.stateOf(one), await engine.stateOf(two)];
    const state = (name: string) => ({ state: name, reason: null, cause: null });

    expect(await states()).toEqual([state('queued'), state('queued')]);
    start();
    await until('both to be written', () => written.length === 2);
    expect(await states()).toEqual([state('sent'), state('sent')]);
    written[0]?.acknowledge();
    written[1]?.lose();
    await until('the news to be noted', async () => {
      const [first, second] = (await states()) as { state: string }[];
      return first?.state === 'acked' && second?.state === 'queued';
    });
    ready(false);

    await until('the lost one to be written again', () => written.length === 3);
    expect(written.at(-1)?.text).toBe('two');
    expect(await states()).toEqual([state('acked'), state('sent')]);
  });

  it('waits at a message that is being taken out, and goes on behind it in order', async () => {
    const { engine, outbox, start, texts } = await running();
    const one = await engine.say({ text: 'one' });
    await engine.say({ text: 'two' });
    const release = outbox.holdBack(one);

    start();
    await engine.say({ text: 'three' });
    await new Promise((resolve) => setImmediate(resolve));
    expect([release, texts()]).toEqual([expect.any(Function), []]);
    release?.();

    await until('all to be written', () => texts().length === 3);
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it('never sends a message whose deletion was confirmed as taken out, however close they come', async () => {
    const { engine, start, texts } = await running();
    start();

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const id = await engine.say({ text: `text ${index}` });
        await engine.post('deleteMessage', { message_id: id });
        return { index, state: (await engine.stateOf(id)) as { state: string } };
      }),
    );
    await engine.say({ text: 'last' });
    await until('the last one', () => texts().includes('last'));

    const withdrawn = outcomes.filter(({ state }) => state.state === 'failed');
    for (const { index } of withdrawn) expect(texts()).not.toContain(`text ${index}`);
    const retractions = texts().filter((text) => text.startsWith('A message was deleted'));
    expect(withdrawn.length + retractions.length).toBe(20);
  });

  it('hands nothing twice to one session when a lane ends and another begins', async () => {
    const { engine, written, ready, start, texts } = await running();
    await engine.say({ text: 'one' });
    const first = start();
    await until('it to be written', () => written.length === 1);

    await first.close();
    start();
    await engine.say({ text: 'two' });
    await until('the next', () => texts().includes('two'));
    expect(texts()).toEqual(['one', 'two']);

    // In a new session nobody knows whether they have arrived.
    for (const { lose } of written) lose();
    ready(false);
    await until('both again', () => written.length === 4);
    expect(texts()).toEqual(['one', 'two', 'one', 'two']);
  });

  it('notes all that is acknowledged at once, however much', async () => {
    const { engine, written, start } = await running();
    const ids: string[] = [];
    for (let number = 0; number < 70; number += 1) ids.push(await engine.say({ text: `text ${number}` }));
    start();
    await until('all to be written', () => written.length === 70);

    for (const { acknowledge } of written) acknowledge();

    await until('the news to be noted', async () => {
      const states = (await Promise.all(ids.map((id) => engine.stateOf(id)))) as { state: string }[];
      return states.every(({ state }) => state === 'acked');
    });
  });

  it('tells that the server has a message before anything that follows from it', async () => {
    const { engine, outbox, written, id, told } = await oneWritten();

    written[0]?.acknowledge();
    await new Promise((resolve) => setImmediate(resolve));
    await engine.engine.store.write((tx) => outbox.settle(tx, id, 'delivered'));

    expect(told).toEqual(['acked', 'delivered']);
  });

  it('notes what was acknowledged when its lane ends, and what is acknowledged afterwards', async () => {
    const { engine, written, start } = await running();
    const ids = [await engine.say({ text: 'one' }), await engine.say({ text: 'two' })];
    const runner = start();
    await until('both to be written', () => written.length === 2);

    written[0]?.acknowledge();
    await new Promise((resolve) => setImmediate(resolve));
    await runner.close();
    written[1]?.acknowledge();

    await until('the news to be noted', async () => {
      const states = (await Promise.all(ids.map((id) => engine.stateOf(id)))) as { state: string }[];
      return states.every(({ state }) => state === 'acked');
    });
  });

  it('notes what was acknowledged although the disk refused it at first, and sends none of it again', async () => {
    const { engine, written, ready, start, texts, clock } = await running({ refusedCommits: 2 });
    const [one, two] = [await engine.say({ text: 'one' }), await engine.say({ text: 'two' })];
    const isAcked = async (id: string) => ((await engine.stateOf(id)) as { state: string }).state === 'acked';
    start();
    await until('both to be written', () => written.length === 2);

    written[0]?.acknowledge();
    await until('the first refusal', () => clock.waits.length === 1);
    clock.advance(1_000);
    await until('the second refusal, after which it waits longer', () => clock.waits[0] === 2_000);
    written[1]?.acknowledge();
    await until('the later one to be noted', () => isAcked(two));
    expect(await isAcked(one)).toBe(false);
    ready(false);
    await engine.say({ text: 'three' });
    await until('the next', () => texts().includes('three'));
    clock.advance(2_000);

    await until('the earlier one to be noted', () => isAcked(one));
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it('lets what follows from an acknowledgement not wait for the disk that refused it', async () => {
    const { engine, outbox, written, clock, id, told } = await oneWritten({ refusedCommits: 1 });
    written[0]?.acknowledge();
    await until('the refusal', () => clock.waits.length === 1);

    await engine.engine.store.write((tx) => outbox.settle(tx, id, 'displayed'));
    clock.advance(1_000);

    await engine.engine.store.writeTogether(async () => undefined);
    expect(outbox.hasLeft(id)).toBe(false);
    expect(told).toEqual(['acked', 'displayed']);
  });

  it('keeps nothing of what was taken back on its way, once the server has it', async () => {
    const { engine, written, start } = await running();
    const ids = [await engine.say({ text: 'secret' }), await engine.say({ text: 'kept' })];
    start();
    await until('both to be written', () => written.length === 2);
    await engine.post('deleteMessage', { message_id: ids[0] });

    for (const { acknowledge } of written) acknowledge();

    const rows = () =>
      engine.engine.store.read
        .selectFrom('outbox')
        .select(['state', 'stanza'])
        .where('id', 'in', ids)
        .orderBy('seq')
        .execute();
    await until('the news to be noted', async () => (await rows()).every(({ state }) => state === 'acked'));
    expect((await rows()).map(({ stanza }) => stanza !== null)).toEqual([false, true]);
  });
});
