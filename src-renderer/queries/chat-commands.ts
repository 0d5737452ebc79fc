import { queryOptions } from '@tanstack/react-query';
import { type GetChatCommandsAnswer, getChatCommands } from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';
import type { ChatKey } from './chats.ts';

/** A slash command that may be typed into a chat. */
export type ChatCommand = GetChatCommandsAnswer[number];

export const commandsQuery = ({ account, jid }: ChatKey) =>
  queryOptions({
    queryKey: ['chat-commands', account, jid],
    queryFn: ({ signal }) => getChatCommands(engine, { account, jid }, inTime(signal)),
    retry: false,
  });
