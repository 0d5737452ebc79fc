import type { TelegramChat } from '../../../src-shared/api/telegram.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Tx } from '../../store/open.ts';
import type {
  TelegramBotRepository,
  TelegramBridge,
  TelegramLink,
} from '../../store/telegram-bot-repository.ts';
import type { TelegramMessageRepository } from '../../store/telegram-message-repository.ts';
import type { TelegramOutgoingRepository } from '../../store/telegram-outgoing-repository.ts';

interface FollowGroupDeps {
  bridges: Pick<TelegramBotRepository, 'moveLink'>;
  messages: Pick<TelegramMessageRepository, 'setAside'>;
  outgoing: Pick<TelegramOutgoingRepository, 'beginAnew'>;
  events: Emitter<EngineEvents>;
}

/**
 * A group became a supergroup, which has another number and numbers its messages anew. Whoever notices it first, who hears or
 * who writes: what was said in the group before may still come, and what waits goes to where it is now.
 */
export const followGroup =
  ({ bridges, messages, outgoing, events }: FollowGroupDeps) =>
  async (tx: Tx, { botId, link }: TelegramBridge, chatId: string): Promise<void> => {
    if (link.address === chatId) return;
    await bridges.moveLink(tx, link, chatId);
    await messages.setAside(tx, link.id);
    await outgoing.beginAnew(tx, botId);
    tx.afterCommit(() => events.emit('telegram.changed', { botId }));
  };
export type FollowGroup = ReturnType<typeof followGroup>;

/** Whether it is the chat that the bot is linked with. Its name counts only as long as its number is not known. */
export function isLinked(
  { address }: Pick<TelegramLink, 'address'>,
  { id, username }: Pick<TelegramChat, 'id' | 'username'>,
): boolean {
  return address === id || (username !== null && address.toLowerCase() === `@${username.toLowerCase()}`);
}

/** Whether it is the group that became the linked one. */
export const isFormer = (
  { formerChatId }: Pick<TelegramLink, 'formerChatId'>,
  { id }: Pick<TelegramChat, 'id'>,
): boolean => formerChatId === id;

/** Whether what is said there is heard. */
export const isHeardIn = (
  link: Pick<TelegramLink, 'address' | 'formerChatId'>,
  chat: TelegramChat | undefined,
): chat is TelegramChat => chat !== undefined && (isLinked(link, chat) || isFormer(link, chat));

/** How the number of a message is stored: those of the group before would be taken for others. */
export const numberIn = (
  link: Pick<TelegramLink, 'formerChatId'>,
  chat: Pick<TelegramChat, 'id'>,
  number: number,
): number => (isFormer(link, chat) ? -number : number);

/** It can be changed, deleted and answered. */
export const isThere = ({ number }: { number: number }): boolean => number > 0;
