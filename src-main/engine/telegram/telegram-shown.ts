import type { BotTelegram, TelegramChat } from '../../../src-shared/api/telegram.ts';
import type { Bot } from '../../store/bot-repository.ts';
import { type TelegramBotRepository, telegramIdOf } from '../../store/telegram-bot-repository.ts';
import type { TelegramOutgoingRepository } from '../../store/telegram-outgoing-repository.ts';
import type { TelegramRecentRepository } from '../../store/telegram-recent-repository.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { TelegramTroubles } from './telegram-troubles.ts';

export interface TelegramShownDeps {
  bridges: TelegramBotRepository;
  outgoing: TelegramOutgoingRepository;
  recents: TelegramRecentRepository;
  botSettings: Pick<BotSettings, 'get'>;
  troubles: Pick<TelegramTroubles, 'shown'>;
}

/** What is shown of a token: whose it is, and enough to tell it from another. */
const masked = (token: string): string => `${telegramIdOf(token)}:…${token.slice(-4)}`;

/** What can be told of a chat that Telegram did not tell of. */
function guessedChat(chatId: string): TelegramChat {
  const isNamed = chatId.startsWith('@');
  const kind =
    isNamed || chatId.startsWith('-100') ? 'supergroup' : chatId.startsWith('-') ? 'group' : 'private';
  return { id: chatId, kind, title: chatId, username: isNamed ? chatId.slice(1) : null };
}

const NOTHING = {
  enabled: false,
  configured: false,
  token: null,
  username: null,
  chat: null,
  mode: 'bridge',
  state: 'off',
  trouble: null,
  webhook: null,
  waiting: 0,
  last_received: null,
  last_sent: null,
  recent: [],
} satisfies Omit<BotTelegram, 'ai_answers'>;

/** The bridge of a bot as people see it: what it is set up with, how it stands, what it carried over lately. */
export function telegramShown({ bridges, outgoing, recents, botSettings, troubles }: TelegramShownDeps) {
  return async (bot: Bot): Promise<BotTelegram> => {
    const bridge = await bridges.of(bot.id);
    const ai_answers = botSettings.get(bot.id, 'telegram_ai_answers');
    if (!bridge) return { ...NOTHING, ai_answers };
    const { isOnline, trouble, webhook } = troubles.shown(bot.id);
    const isOn = bridge.isEnabled && bot.status === 'active';
    const known = bridge.link.chat ?? guessedChat(bridge.link.chatId);
    return {
      enabled: bridge.isEnabled,
      configured: true,
      token: masked(bridge.token),
      username: bridge.username ?? null,
      chat: { ...known, id: bridge.link.chatId },
      mode: bridge.link.mode,
      ai_answers,
      state: !isOn ? 'off' : trouble ? 'trouble' : isOnline ? 'online' : 'connecting',
      trouble: isOn ? trouble : null,
      webhook,
      waiting: await outgoing.countOf(bot.id),
      last_received: bridge.lastReceivedAt ?? null,
      last_sent: bridge.lastSentAt ?? null,
      recent: (await recents.of(bot.id)).map(({ at, ...one }) => ({ ...one, at: Math.floor(at / 1_000) })),
    };
  };
}
