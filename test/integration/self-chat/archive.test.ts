import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { message, type Said, startSelfChat, updatesOf } from '../../support/self-chat.ts';
import { aBot } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

describe('while the archive is being read', () => {
  const archived = (said: Said, archiveId: string, stampMs: number) => ({
    archiveId,
    stampMs,
    message: parse(message(said)),
  });

  it('what is new waits behind what is old, and nothing comes twice', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);
    const now = chat.clock.now();
    chat.archive.isCaughtUp = false;

    await chat.hear(message({ text: 'three', id: 'm3' }), message({ text: 'four', id: 'm4' }));
    await chat.handleArchived(archived({ text: 'one', id: 'm1' }, 'a1', now - 3_000));
    await chat.handleArchived(archived({ text: 'two', id: 'm2' }, 'a2', now - 2_000));
    // The own archive keeps a message to oneself twice, and what the stream brought is in it too.
    await chat.handleArchived(archived({ text: 'two', id: 'm2' }, 'a3', now - 2_000));
    await chat.handleArchived(archived({ text: 'three', id: 'm3' }, 'a4', now - 1_000));
    await chat.release();
    await chat.settled();

    expect((await updatesOf(engine, token)).map(({ body }) => body)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('old texts keep their own time, those of over a day are left out, old commands are not run', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);
    const now = chat.clock.now();
    const hour = 3_600_000;

    await chat.handleArchived(archived({ text: 'yesterday', id: 'm1' }, 'a1', now - 25 * hour));
    await chat.handleArchived(archived({ text: 'this morning', id: 'm2' }, 'a2', now - 5 * hour));
    await chat.handleArchived(archived({ text: '/newbot Old', id: 'm3' }, 'a3', now - hour));
    await until('the command to be held back', () => chat.clock.waits.length === 1);
    chat.clock.advance(2_000);
    await chat.settled();

    expect(await updatesOf(engine, token)).toMatchObject([
      { body: 'this morning', timestamp: Math.floor((now - 5 * hour) / 1_000) },
    ]);
    expect(await chat.answers()).toEqual([expect.stringContaining('/newbot Old')]);
  });
});

describe('what was held back while the archive is read', () => {
  it('takes its place among what only the archive has', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);
    const now = chat.clock.now();
    const fromArchive = (id: string, ageMs: number) =>
      chat.handleArchived({
        archiveId: `archive-${id}`,
        stampMs: now - ageMs,
        message: parse(message({ text: id, id })),
      });
    chat.archive.isCaughtUp = false;
    await chat.hear(message({ text: 'one', id: 'one' }), message({ text: 'three', id: 'three' }));
    await fromArchive('one', 3_000);
    await fromArchive('two', 2_000);
    await fromArchive('three', 1_000);
    await chat.release();
    await chat.settled();

    expect((await updatesOf(engine, token)).map(({ body }) => body)).toEqual(['one', 'two', 'three']);
  });

  it('is in the order of the archive, where the stream brought it in another', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);
    const now = chat.clock.now();
    const fromArchive = (id: string, ageMs: number) =>
      chat.handleArchived({
        archiveId: `archive-${id}`,
        stampMs: now - ageMs,
        message: parse(message({ text: id, id })),
      });
    const delayed = (ageMs: number) =>
      `<delay xmlns='urn:xmpp:delay' from='localhost' stamp='${new Date(now - ageMs).toISOString()}'/>`;
    chat.archive.isCaughtUp = false;
    // What a lost session left behind, ahead of what was stored for later; and what no archive keeps.
    await chat.hear(message({ text: 'nowhere', id: 'nowhere', more: delayed(4_000) }));
    await chat.hear(message({ text: 'two', id: 'two', more: delayed(2_000) }));
    await chat.hear(message({ text: 'one', id: 'one', more: delayed(3_000) }));
    await chat.hear(message({ text: 'three', id: 'three' }));
    await fromArchive('one', 3_000);
    await fromArchive('two', 2_000);
    await chat.release();
    await chat.settled();

    const texts = (await updatesOf(engine, token)).map(({ body }) => body);
    expect(texts).toEqual(['nowhere', 'one', 'two', 'three']);
  });

  it('is behind us only when everything before it is stored', async () => {
    const { engine, chat } = await startSelfChat();
    await aBot(engine);
    const reached: string[] = [];
    chat.archive.reached = ({ archiveId }) => void reached.push(archiveId);
    const stamp = (id: string) => `<stanza-id xmlns='urn:xmpp:sid:0' by='you@localhost' id='${id}'/>`;
    const { store } = engine.engine;
    const write = store.write.bind(store);
    let isFull = true;
    store.write = async (unit) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (isFull) throw new Error('disk full');
      return write(unit);
    };

    const lost = chat.hear(message({ text: 'ours', id: 'm1', more: stamp('a1') }));
    const foreign = message({ text: '', id: 'm2', from: 'friend@localhost/x', more: stamp('a2') });
    await Promise.all([expect(lost).rejects.toThrow('disk full'), chat.hear(foreign)]);
    expect(reached).toEqual([]);

    isFull = false;
    await chat.hear(message({ text: 'ours', id: 'm1', more: stamp('a1') }));
    expect(reached).toEqual(['a1']);
  });
});
