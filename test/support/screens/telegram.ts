import type { BotTelegram } from '../../../src-shared/api/telegram.ts';
import type { EngineProcess } from '../engine-process.ts';
import { startBotApi } from '../telegram/bot-api-server.ts';
import type { AtEnd } from '../test-folder.ts';
import { until } from '../until.ts';

/** Tokens of Telegram bots that no bot of ours has yet. */
export interface TelegramTokens {
  free: string;
  /** Another program has its webhook there. */
  elsewhere: string;
}

const WITHIN_MS = 40_000;

/** Links a bot with a group on a Bot API server on loopback, and has its people write. */
export async function setUpTelegram(
  engine: EngineProcess,
  bot: { id: number },
  atEnd: AtEnd,
): Promise<TelegramTokens> {
  const api = await startBotApi();
  atEnd(api.close);
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const done = await engine.call<{ result: T }>(method, path, body && { body });
    if (done.status !== 200)
      throw new Error(`${method} ${path}: ${done.status} ${JSON.stringify(done.body)}`);
    return done.body.result;
  };
  await call('PUT', '/api/v1/settings/telegram_api_root', { value: api.apiRoot });

  const herald = api.addBot({ username: 'herald_garden_bot', name: 'Herald' });
  const free = api.addBot({ username: 'weather_garden_bot', name: 'Weather', readsGroups: false });
  const elsewhere = api.addBot({ username: 'build_news_bot', name: 'Build news' });
  elsewhere.setWebhook('https://build.example.org/telegram');
  const anna = api.addPerson({ first: 'Anna', last: 'Berg', username: 'annaberg' });
  const noor = api.addPerson({ first: 'نور' });
  const friends = api.addChat({ kind: 'supergroup', title: 'Garden friends', bots: [herald] });
  const plans = api.addChat({ kind: 'supergroup', title: 'Greenhouse plans', bots: [free] });
  friends.says(anna, 'Who has the key of the shed?');
  // With privacy mode on, it is given nothing else of a group.
  const start = `/start@${free.username}`;
  plans.says(anna, start, { entities: [{ type: 'bot_command', offset: 0, length: start.length }] });
  api.privateChat(anna, free).says(anna, 'Hello');

  const place = `/api/v1/bots/${bot.id}/telegram`;
  await call('PATCH', place, { token: herald.token, chat_id: friends.id });
  friends.says(anna, 'Are the roof vents closed? It will rain at four.');
  friends.says(noor, 'سأغلقها الآن');
  const arrived = async () => {
    const { recent } = await call<BotTelegram>('GET', place);
    return recent.filter(({ to, state }) => to === 'xmpp' && state === 'done').length >= 2;
  };
  await until('what was written in Telegram', arrived, WITHIN_MS);
  return { free: free.token, elsewhere: elsewhere.token };
}
