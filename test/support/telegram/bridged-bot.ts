import { onTestFinished } from 'vitest';
import type { TestEngine } from '../test-engine.ts';
import { startBotApi } from './bot-api-server.ts';

/** A Telegram for that engine, with a bot and Ann's chat with it. */
export async function telegramFor({ engine }: Pick<TestEngine, 'engine'>, atEnd = onTestFinished) {
  const api = await startBotApi();
  atEnd(api.close);
  // Whoever does that in chat is not told of it there.
  const operator = { actor: 'admin', from: 'chat' };
  await engine.store.write((tx) => engine.settings.set(tx, 'telegram_api_root', api.apiRoot, operator));
  const mybot = api.addBot({ username: 'mybot_bot', name: 'MyBot' });
  const ann = api.addPerson({ first: 'Ann', last: 'Lee' });
  const chat = api.privateChat(ann, mybot);
  return { api, mybot, ann, chat };
}
