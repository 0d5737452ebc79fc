import type { BotTelegram, TelegramChat, TelegramMode } from '../../../src-shared/api/telegram.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import { type MenuItem, type MenuPage, TITLE_RULE } from '../answer.ts';
import { minute } from '../minute.ts';

type State = 'on' | 'trouble' | 'off' | 'none';
export const stateOf = ({ configured, enabled, trouble }: BotTelegram): State => {
  if (!configured) return 'none';
  if (!enabled) return 'off';
  return trouble ? 'trouble' : 'on';
};

/** As people speak of a Telegram bot. */
export const nameOf = (username: string | null): string => (username ? `@${username}` : '?');

/** A chat as people know it; its number is what commands take. */
export function chatWords({ id, title, kind }: TelegramChat, t: Translate): string {
  return title === '' || title === id
    ? id
    : t('telegram.chat-words', { title, kind: t(`telegram.kind.${kind}`), id });
}

/** One line about the bridge of a bot, for lists and greetings. */
export const telegramLine = (bridge: BotTelegram, t: Translate): string =>
  t('telegram.line', { state: stateWords(bridge, t) });
/** The same where several bots could be meant. */
export const telegramLineOf = (name: string, bridge: BotTelegram, t: Translate): string =>
  t('telegram.line-of', { name, state: stateWords(bridge, t) });

const stateWords = (bridge: BotTelegram, t: Translate) =>
  t(`telegram.state.${stateOf(bridge)}`, { bot: nameOf(bridge.username), mode: bridge.mode });

export const modeWords = (mode: TelegramMode, t: Translate): string =>
  t('telegram.mode.words', { mode, meaning: t(`telegram.mode.${mode}`) });

/** What is set, without secrets. */
export function telegramLines(bridge: BotTelegram, t: Translate): string[] {
  const { token, username, chat, mode, ai_answers: hasAiAnswers } = bridge;
  const state = stateOf(bridge);
  return [
    t('telegram.status.state', { state: t(`telegram.state-word.${state}`) }),
    t('telegram.status.mode', { mode: modeWords(mode, t) }),
    ...(token === null ? [] : [t('telegram.status.bot', { bot: nameOf(username), token })]),
    ...(chat === null ? [] : [t('telegram.status.chat', { chat: chatWords(chat, t) })]),
    ...(state === 'none' ? [] : [t(hasAiAnswers ? 'telegram.status.ai' : 'telegram.status.no-ai')]),
    ...troubleLines(bridge, t),
  ];
}

/** What keeps it from working, and what to do about it. */
function troubleLines({ enabled, trouble, webhook }: BotTelegram, t: Translate): string[] {
  if (!enabled || !trouble) return [];
  const { kind, since, retry_at: retryAt } = trouble;
  return [
    t('telegram.status.trouble', { what: t(`telegram.trouble.${kind}`, { host: webhook ?? '?' }) }),
    t('telegram.status.since', { at: minute(since * 1_000) }),
    ...(retryAt === null ? [] : [t('telegram.status.retry', { at: minute(retryAt * 1_000) })]),
  ];
}

/** How it went lately. */
export function activityLines(bridge: BotTelegram, t: Translate): string[] {
  const { waiting, last_received: received, last_sent: sent } = bridge;
  const at = (seconds: number | null) => (seconds === null ? t('telegram.never') : minute(seconds * 1_000));
  return [
    t('telegram.status.received', { at: at(received) }),
    t('telegram.status.sent', { at: at(sent) }),
    t('telegram.status.waiting', { number: waiting }),
  ];
}

export const back = (t: Translate): MenuItem => ({ command: '/telegram', label: t('telegram.back') });
/** Takes the webhook of another program away. */
export const removal = (t: Translate): MenuItem => ({
  command: '/telegram webhook remove',
  label: t('telegram.webhook.remove'),
});
export const telegramPage = (
  t: Translate,
  title: string,
  lines: readonly string[],
  items: readonly MenuItem[],
): MenuPage => ({ text: [title, TITLE_RULE, ...lines].join('\n'), items: [...items, back(t)] });
