import { parse } from 'ltx';
import { expect, it } from 'vitest';
import { filesIn } from '../../../src-main/engine/messages/files-in-message.ts';
import { messageData } from '../../support/message-data.ts';
import { receiver } from '../../support/receiver.ts';
import { aBot, engineWithBot, type TestEngine } from '../../support/test-engine.ts';

const LINK = 'https://upload.example/a.png';
const message = parse(
  `<message><body>${LINK}</body><x xmlns='jabber:x:oob'><url>${LINK}</url></x></message>`,
);
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Queues an update with a file, as the engine does it when such a message comes. */
const hear = ({ engine }: TestEngine, id: number, body: string) =>
  engine.store.write(async (tx) => {
    const files = await engine.receivedFiles.offer(tx, id as never, filesIn(message, LINK));
    const data = { ...messageData(body), files };
    await engine.updates.queue(tx, id as never, { type: 'message', conversation: 'you@localhost', data });
  });

const basesOf = (all: readonly { data: unknown }[]) =>
  all.map(({ data }) => {
    const [url = ''] = (data as { files: { url: string }[] }).files.map((file) => file.url);
    const at = url.lastIndexOf('/') + 1;
    expect(url.slice(at)).toMatch(TOKEN);
    return url.slice(0, at);
  });

it('the address of a file is the one at which the API is reached when the update is handed out', async () => {
  const bot = await engineWithBot();
  const { id, token, engine } = bot;
  await hear(bot, id, '"files":[{"url":"a text is none"}]');
  const read = async () => {
    const { body } = await bot.call('GET', '/bot/getUpdates', { token });
    return body.result as { data: { body: string } }[];
  };
  const follow = async () => {
    const found = await engine.bots.find(id as never, undefined);
    const request = { offset: undefined, types: ['message'], signal: AbortSignal.timeout(20_000) };
    for await (const page of engine.updates.follow(found, { ...request, recheck: async () => undefined }))
      return page.map(({ data }) => ({ data: JSON.parse(data) as unknown }));
    return [];
  };

  bot.ports.unshift(9001);
  expect(basesOf(await read())).toEqual(['http://localhost:9001/bot/file/']);
  expect(basesOf(await follow())).toEqual(['http://localhost:9001/bot/file/']);
  bot.ports.unshift(9002);
  bot.live.given.mode = 'network';
  const [there] = basesOf(await read());
  expect(there).toMatch(/^https:\/\/.+:9002\/bot\/file\/$/);
  expect(basesOf(await follow())).toEqual([there]);
  expect((await read())[0]?.data.body).toBe('"files":[{"url":"a text is none"}]');
});

it('so it is for webhooks, and for what they would not take', async () => {
  const bot = await engineWithBot();
  const { id, token } = await aBot(bot, 'Other');
  const hook = await receiver();
  hook.onRequest = (request) => request.answer(410);
  const { deliveries, store } = bot.engine;
  await deliveries.start();
  await hear(bot, id, 'a picture');
  bot.ports.unshift(9001);

  const answer = await bot.call('POST', '/bot/setWebhook', { token, body: { url: hook.url } });
  expect(answer.status).toBe(200);
  await hook.count(1);

  expect(basesOf(hook.received.map(({ body }) => body))).toEqual(['http://localhost:9001/bot/file/']);
  const { deadLetterRepository } = await import('../../../src-main/store/dead-letter-repository.ts');
  await store.write((tx) =>
    deadLetterRepository(store, undefined as never).bury(tx, id as never, 2, 'answered 400', 1_760_000_000),
  );
  bot.ports.unshift(9002);
  const { body } = await bot.call('GET', `/api/v1/bots/${id}/dead-letters`);
  expect(basesOf(body.result as { data: unknown }[])).toEqual(['http://localhost:9002/bot/file/']);
});
