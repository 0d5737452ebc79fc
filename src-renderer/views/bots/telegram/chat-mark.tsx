import type { TelegramChat } from '../../../../src-shared/api/telegram.ts';
import { PersonMark } from '../../../ui/marks.tsx';
import { chatTitle } from './names.ts';

/** People and groups of Telegram are round. */
export const ChatMark = ({ chat, size }: { chat: TelegramChat; size: 20 | 32 }) => (
  <PersonMark name={chatTitle(chat)} size={size} />
);
