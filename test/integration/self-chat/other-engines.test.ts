import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { message, namesOf, newestUpdates, startSelfChat, updatesOf } from '../../support/self-chat.ts';
import { aBot } from '../../support/test-engine.ts';

describe('while another engine of the account acts', () => {
  it('messages are kept, and what the other one did not do is done when the turn comes', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);
    chat.turn.isActing = false;
    chat.archive.isCaughtUp = false;
    const answer = message({ text: 'Bot created!', id: 'o1', from: 'you@localhost/other' });
    const [command] = namesOf(message({ text: '/newbot Done', id: 'c1' }));

    await chat.hear(
      message({ text: '/newbot Done', id: 'c1' }),
      message({ text: '/newbot Mine', id: 'c2' }),
      message({ text: 'answered there', id: 'm1' }),
      message({ text: 'for me', id: 'm2' }),
      answer.replace('</body>', `</body><generated xmlns='urn:botmother:0' for='${command}'/>`),
    );
    await chat.markDone(namesOf(message({ text: 'answered there', id: 'm1' })).slice(0, 1));
    const before = [await chat.answers(), await updatesOf(engine, token)];
    chat.turn.isActing = true;
    chat.archive.isCaughtUp = true;
    chat.clock.advance(1);
    // The archive has them all: what the other one did is known, and so is what is kept here.
    for (const [text, id] of [
      ['/newbot Done', 'c1'],
      ['answered there', 'm1'],
      ['for me', 'm2'],
    ] as const) {
      const stampMs = chat.clock.now();
      await chat.handleArchived({ archiveId: `a${id}`, stampMs, message: parse(message({ text, id })) });
    }
    await chat.release();
    await chat.settled();

    expect(before).toEqual([[], []]);
    expect(await chat.answers()).toEqual([expect.stringContaining('Name: Mine')]);
    expect(await updatesOf(engine, token)).toEqual([]);
    // The command before it made a bot that is newer.
    expect(await newestUpdates(engine)).toEqual(['for me']);
  });

  it('what a stopped engine left waits for the turn', async () => {
    const { chat } = await startSelfChat();
    chat.turn.isActing = false;

    await chat.hear(message({ text: '/mybots' }));
    chat.start();
    const waiting = await chat.open();
    chat.turn.isActing = true;
    chat.start();
    await chat.settled();

    expect(waiting).toBe(1);
    expect(await chat.answers()).toHaveLength(1);
  });

  it('is told what is done, and at the end everything of late but what is not', async () => {
    const { engine, chat } = await startSelfChat();
    await aBot(engine);
    const [first, second] = [message({ text: '/mybots', id: 'c1' }), message({ text: 'hi', id: 'm1' })];
    await chat.hear(first, second);
    await chat.settled();
    // The others are told when it is on the disk.
    await engine.engine.store.durable();
    const told = [...chat.told];
    chat.turn.isActing = false;
    await chat.hear(message({ text: 'late', id: 'm2' }));

    const handled = await chat.handled(100);

    const expected = [...namesOf(first), ...namesOf(second)];
    expect(told.toSorted()).toEqual(expected.toSorted());
    expect(handled).toEqual(expect.arrayContaining(expected));
    for (const name of namesOf(message({ text: 'late', id: 'm2' }))) expect(handled).not.toContain(name);
  });
});
