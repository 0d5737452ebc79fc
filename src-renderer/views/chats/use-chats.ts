import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Chat } from '../../../src-shared/client/types.ts';
import { accountsQuery } from '../../queries/accounts.ts';
import { type ChatKey, chatsQuery, sameChat } from '../../queries/chats.ts';
import { useRemembered } from '../../ui/remembered.ts';
import type { Section } from './list/sections.ts';
import { sectionsOf } from './list/sections.ts';

/** One conversation as the list has it. */
export function useChat(key: ChatKey | undefined): Chat | undefined {
  const { data } = useQuery({
    ...chatsQuery,
    select: (list) => (key ? list.find((one) => sameChat(one, key)) : undefined),
  });
  return data;
}

/** Whose conversations are shown: the account that was chosen last, as long as it is there. */
export function useAccount(ofAddress: string | undefined) {
  const { data: accounts = [] } = useQuery(accountsQuery);
  const [chosen, choose] = useRemembered('chats-account', '');
  const wanted = ofAddress ?? chosen;
  // An address names whose conversation it is: no other account takes its place.
  const account = accounts.find(({ jid }) => jid === wanted) ?? (ofAddress ? undefined : accounts[0]);
  return { accounts, account, choose };
}

/** The conversations of an account in the order of the list. */
export function useSections(
  account: string | undefined,
  onlyUnread: boolean,
  words: string,
  open: ChatKey | undefined,
): Section[] {
  const { data: chats } = useQuery(chatsQuery);
  const { account: openAccount, jid } = open ?? {};
  return useMemo(() => {
    const shown = openAccount === undefined || jid === undefined ? undefined : { account: openAccount, jid };
    return sectionsOf(chats ?? [], { account, onlyUnread, open: shown, words });
  }, [chats, account, onlyUnread, words, openAccount, jid]);
}
