import { expect, it } from 'vitest';
import { message, selfChat } from '../../support/self-chat.ts';
import { telegramFor } from '../../support/telegram/bridged-bot.ts';
import { aBot, signIn, testEngine } from '../../support/test-engine.ts';
import { typedChat } from '../../support/typed-chat.ts';

async function start() {
  const engine = await testEngine();
  await signIn(engine);
  const telegram = await telegramFor(engine);
  return { engine, ...telegram, line: `/telegram setup ${telegram.mybot.token} ${telegram.chat.id}` };
}

it('is about the bot that is selected, and no bot gets what is typed', async () => {
  const { engine, line } = await start();
  const { type } = await typedChat(engine);
  expect(await type('/telegram')).toContain('No bot is selected.');
  await aBot(engine, 'Rain');
  const { id, token } = await aBot(engine, 'Sun');
  await type(`/setcommands ${id} /telegram - mine`);
  expect(await type(line)).toContain('Telegram configured!');
  expect(await type('/Telegram')).toContain('Telegram bridge of Sun');
  const help = await type('/help');
  expect(help).toContain('Telegram of Sun: active (@mybot_bot, bridge)');
  expect(help).toMatch(/^\/telegram \[.* - Bridge to Telegram: setup and control$/m);
  expect(await type('/info')).toContain('Telegram: active (@mybot_bot, bridge)');
  expect(await type(`/status ${id}`)).toContain('Telegram: active (@mybot_bot, bridge)');
  expect(await type('/telegram forget')).toContain('To do it: /telegram forget yes');
  await type('/use 1');
  expect(await type('/telegram')).toContain('Telegram bridge of Rain');
  expect(await type('/info')).toContain('Telegram: not set up');
  expect((await engine.call('GET', '/bot/getUpdates', { token })).body.result).toEqual([]);
});

it('takes the message with the token back, also when it is refused', async () => {
  const { engine, line, mybot } = await start();
  const chat = await selfChat(engine);
  await aBot(engine);
  const retracted = async () =>
    (await chat.stanzas()).flatMap((stanza) => /<retract [^>]*id="([^"]+)"/.exec(stanza)?.[1] ?? []);

  await chat.hear(message({ text: line, id: 'with-token' }));
  await chat.settled();
  await chat.hear(message({ text: `${line} both`, id: 'refused' }));
  await chat.settled();
  await chat.hear(message({ text: '/telegram mode', id: 'open' }));
  await chat.settled();

  expect(await retracted()).toEqual(['with-token', 'refused']);
  expect((await chat.stanzas()).join('\n')).not.toContain(mybot.token.split(':')[1]);
});
