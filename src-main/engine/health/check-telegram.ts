import type { BotTelegram, TelegramTrouble } from '../../../src-shared/api/telegram.ts';
import { amount } from '../../../src-shared/text/said.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { HealthLevel, Observation } from './observation.ts';

/** What needs somebody to do something, and what may pass by itself. */
const LEVELS: Readonly<Record<TelegramTrouble, HealthLevel>> = {
  token: 'error',
  webhook: 'error',
  'other-program': 'error',
  chat: 'error',
  blocked: 'error',
  encryption: 'error',
  unreachable: 'warning',
  failed: 'warning',
  rate: 'note',
};

/** Whether the bridge of a bot gets through, where one is switched on. */
export function observeTelegram(
  { id, name, owner }: Pick<Bot, 'id' | 'name' | 'owner'>,
  bridge: Pick<
    BotTelegram,
    'enabled' | 'configured' | 'username' | 'chat' | 'state' | 'trouble' | 'webhook' | 'waiting'
  >,
): Observation[] {
  const { enabled, configured, username, chat, state, trouble, webhook, waiting } = bridge;
  if (!enabled || !configured) return [];
  const values = {
    bot: name,
    id,
    account: owner,
    username: username ?? '?',
    chat: chat?.title || (chat?.id ?? '?'),
    host: webhook ?? '?',
    waiting: amount(waiting),
  };
  const about = { values, botId: id, account: owner };
  if (trouble) {
    const { kind } = trouble;
    return [{ ...about, level: LEVELS[kind], code: `telegram.${kind}`, action: 'bot-telegram' }];
  }
  return state === 'online' ? [{ ...about, level: 'ok', code: 'telegram.online' }] : [];
}
