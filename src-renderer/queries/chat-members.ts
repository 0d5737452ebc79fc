import { queryOptions } from '@tanstack/react-query';
import { getChatMembers } from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';
import type { ChatKey } from './chat-key.ts';

/** Who may read what is said in a room for members only. */
export const membersQuery = ({ account, jid }: ChatKey) =>
  queryOptions({
    queryKey: ['chat-members', account, jid],
    queryFn: ({ signal }) => getChatMembers(engine, { account, jid }, inTime(signal)),
  });
