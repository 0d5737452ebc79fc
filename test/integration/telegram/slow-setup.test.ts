import { expect, it } from 'vitest';
import { message, newestUpdates, selfChat, setScope } from '../../support/self-chat.ts';
import { telegramFor } from '../../support/telegram/bridged-bot.ts';
import { aBot, signIn, testEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

/** A chat with oneself, with a bot whose program hears everything that is written to its owner. */
async function start() {
  const engine = await testEngine();
  await signIn(engine);
  const telegram = await telegramFor(engine);
  const chat = await selfChat(engine);
  await aBot(engine);
  await setScope(engine, 1, 'direct');
  const { bots, telegram: bridges } = engine.engine;
  let count = 0;
  return {
    engine,
    ...telegram,
    selfChat: chat,
    setUp: `/telegram setup ${telegram.mybot.token}`,
    say: (text: string, from = 'you@localhost/phone') =>
      chat.hear(message({ text, id: `m${count++}`, from })),
    shown: async () => bridges.shown(await bots.find(1)),
    firstLines: async () => (await chat.answers()).map((text) => text.split('\n')[0]),
  };
}

it('a set-up that Telegram is slow to answer holds up what is typed after it, and nothing else', async () => {
  const { engine, api, chat, mybot, selfChat: own, setUp, say, shown, firstLines } = await start();
  const other = api.addChat({ kind: 'group', title: 'Family', bots: [mybot] });
  await say(`${setUp} ${chat.id}`);
  await own.settled();
  const { reached, release } = api.hold('getMe');
  await say(`${setUp} ${other.id}`);
  await reached;

  await say('for the family');
  await say('/telegram status');
  await say('and this, too');
  await say('from a friend', 'friend@localhost/phone');
  await until('the friend', async () => (await newestUpdates(engine)).includes('from a friend'));
  const before = [await newestUpdates(engine), await firstLines(), (await shown()).waiting];
  release();
  await own.settled();

  expect(before).toEqual([['from a friend'], ['Telegram configured!'], 0]);
  expect(await newestUpdates(engine)).toEqual(['from a friend', 'for the family', 'and this, too']);
  expect((await firstLines()).slice(1)).toEqual([
    'Telegram configured!',
    expect.stringMatching(/^Telegram bridge of/),
  ]);
  // Both were meant for the chat that was just linked, and wait for it.
  const { waiting, recent, chat: linked } = await shown();
  expect(linked).toMatchObject({ id: other.id });
  expect([waiting, recent.map(({ state }) => state)]).toEqual([2, ['waiting', 'waiting']]);
});

it('a set-up whose account signs off changes nothing, and is done later, with what waits behind it', async () => {
  const { engine, api, chat, selfChat: first, setUp, say, shown } = await start();
  const { reached, release } = api.hold('getMe');
  await say(`${setUp} ${chat.id}`);
  await reached;
  await say('after it');
  await until('both to wait', async () => (await first.open()) === 2);

  await first.close();

  expect([await first.open(), await first.answers()]).toEqual([2, []]);
  expect(await shown()).toMatchObject({ configured: false });
  release();
  const again = await selfChat(engine, first.clock);
  again.start();
  await again.settled();
  expect(await again.answers()).toEqual([expect.stringMatching(/^Telegram configured!/)]);
  expect(await shown()).toMatchObject({ configured: true, waiting: 1 });
});
