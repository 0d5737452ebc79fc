import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { paths } from '../../places.ts';
import { accountsQuery } from '../../queries/accounts.ts';
import { chatsQuery, messagesQuery } from '../../queries/chats.ts';
import { useText } from '../../text/use-text.ts';
import { ListDetail } from '../../ui/list-detail.tsx';
import { ProblemPage } from '../../ui/problem-page.tsx';
import { ChatPane } from './chat-pane.tsx';
import { JoinRoom } from './join-room.tsx';
import { useLinkWish } from './link-wish.ts';
import { ChatList } from './list/chat-list.tsx';
import { ChatStrip } from './list/chat-strip.tsx';
import { useChatKeys } from './list/use-chat-keys.ts';
import { NoAccount, NoChat } from './no-chat.tsx';
import { SidePanel } from './panel/side-panel.tsx';
import { useAccount, useChat, useSections } from './use-chats.ts';

interface ChatsProps {
  params: { account?: string | undefined; jid?: string | undefined };
}

const decoded = (part: string | undefined) => {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** Conversations: the list, the one that is open, and what is to know about it. */
export function Chats({ params }: ChatsProps) {
  const text = useText();
  const [, go] = useLocation();
  const jid = decoded(params.jid);
  const { accounts, account, choose } = useAccount(decoded(params.account));
  const accountsAnswer = useQuery(accountsQuery);
  const chats = useQuery(chatsQuery);
  const open = account && jid !== undefined ? { account: account.jid, jid } : undefined;
  const named = { account: decoded(params.account) ?? '', jid: jid ?? '' };
  // Asked for together with the list, not after it; the conversation itself shows them.
  useQuery({
    ...messagesQuery(named),
    enabled: named.account !== '' && named.jid !== '',
    notifyOnChangeProps: [],
  });
  const chat = useChat(open);
  const [onlyUnread, setOnlyUnread] = useState(false);
  const [words, setWords] = useState('');
  const [panel, setPanel] = useState<'encryption' | 'info'>();
  const sections = useSections(account?.jid, onlyUnread, words, open);
  const { isRoom: isInvited } = useLinkWish();
  const aim = Number(new URLSearchParams(useSearch()).get('message')) || undefined;
  useChatKeys(sections, open);

  const accountJid = account?.jid;
  const isShown = accountJid === undefined || decoded(params.account) === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `choose` is made anew each time and does the same
  useEffect(() => {
    if (!isShown && accountJid !== undefined) choose(accountJid);
  }, [isShown, accountJid]);
  const closePanel = useCallback(() => setPanel(undefined), []);

  if (accountsAnswer.data?.length === 0) return <NoAccount />;
  if (accountsAnswer.error && accountsAnswer.data === undefined)
    return (
      <ProblemPage
        error={accountsAnswer.error}
        isTrying={accountsAnswer.isFetching}
        onRetry={() => void accountsAnswer.refetch()}
      />
    );
  // It was removed, or the address was for another installation.
  const [first] = accounts;
  if (first && !account) return <Redirect replace to={paths.chat(first.jid, first.jid)} />;
  if (chats.error && chats.data === undefined)
    return (
      <ProblemPage error={chats.error} isTrying={chats.isFetching} onRetry={() => void chats.refetch()} />
    );
  if (account && jid === undefined) return <Redirect replace to={paths.chat(account.jid, account.jid)} />;
  const isAsked = isInvited && chats.data !== undefined && chat?.kind !== 'room';
  const detail = !open ? null : isAsked ? (
    <JoinRoom account={open.account} key={open.jid} room={open.jid} />
  ) : chat ? (
    <ChatPane
      account={account}
      aim={aim}
      chat={chat}
      isPanelOpen={panel !== undefined}
      key={`${open.account} ${open.jid}`}
      onPanel={(wished) => setPanel(panel === wished ? undefined : wished)}
    />
  ) : chats.data ? (
    <NoChat chat={open} />
  ) : null;
  return (
    <ListDetail
      detail={detail}
      label={text.chats.list.label}
      list={
        <ChatList
          account={account}
          accounts={accounts}
          isLoading={chats.data === undefined}
          onAccount={(next) => {
            choose(next);
            go(paths.chat(next, next));
          }}
          onlyUnread={onlyUnread}
          onOnlyUnread={setOnlyUnread}
          onWords={setWords}
          open={open}
          sections={sections}
          words={words}
        />
      }
      panel={
        chat && panel !== undefined ? <SidePanel chat={chat} onClose={closePanel} shown={panel} /> : undefined
      }
      strip={<ChatStrip account={account?.jid} open={open} sections={sections} />}
    />
  );
}
