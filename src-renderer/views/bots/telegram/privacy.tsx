import type { TelegramBot, TelegramChat } from '../../../../src-shared/api/telegram.ts';
import { useText } from '../../../text/use-text.ts';
import { botName } from './names.ts';
import styles from './note.module.css';

interface PrivacyProps {
  bot: Pick<TelegramBot, 'username' | 'reads_groups'>;
  chat: TelegramChat | null | undefined;
}

/** What a bot does not hear in a group as Telegram sets it up, and how it comes to. */
export function Privacy({ bot, chat }: PrivacyProps) {
  const text = useText().bots.telegram;
  if (bot.reads_groups || !chat?.kind.endsWith('group')) return null;
  return <p className={styles.info}>{text.privacy(botName(bot.username, text.token))}</p>;
}
