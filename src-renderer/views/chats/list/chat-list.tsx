import { ActionIcon, CloseButton, Skeleton, TextInput, Title, Tooltip } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import type { ChatKey } from '../../../queries/chats.ts';
import { useText } from '../../../text/use-text.ts';
import { Delayed } from '../../../ui/delayed.tsx';
import { FilterIcon, NewChatIcon, SearchIcon } from '../../../ui/icons.tsx';
import type { AccountStatusLike } from '../account-like.ts';
import { AccountSwitcher } from './account-switcher.tsx';
import styles from './chat-list.module.css';
import { ChatMenu, type MenuAt } from './chat-menu.tsx';
import { ChatRows } from './chat-rows.tsx';
import { NewChat } from './new-chat.tsx';
import type { Section } from './sections.ts';

interface ChatListProps {
  account: AccountStatusLike | undefined;
  accounts: readonly AccountStatusLike[];
  sections: readonly Section[];
  open: ChatKey | undefined;
  isLoading: boolean;
  onlyUnread: boolean;
  words: string;
  onAccount: (jid: string) => void;
  onOnlyUnread: (only: boolean) => void;
  onWords: (words: string) => void;
}

/** The conversations of an account, what can be looked for in them, and whose they are. */
export function ChatList(props: ChatListProps) {
  const { account, accounts, sections, open, isLoading, onlyUnread, words } = props;
  const text = useText();
  const [menu, setMenu] = useState<MenuAt>();
  const [isNew, setNew] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const showMenu = useRef((chat: Chat, at: { x: number; y: number }) => setMenu({ chat, ...at })).current;
  const filterName = onlyUnread ? text.chats.list.showAll : text.chats.list.onlyUnread;
  return (
    <>
      <header className={styles.head}>
        <Title className={styles.title} order={1}>
          {text.shell.places.chats}
        </Title>
        <Tooltip label={filterName}>
          <ActionIcon
            aria-label={filterName}
            aria-pressed={onlyUnread}
            className={onlyUnread ? (styles.on ?? '') : (styles.tool ?? '')}
            onClick={() => props.onOnlyUnread(!onlyUnread)}
            size={32}
            variant="subtle"
          >
            <FilterIcon />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={text.chats.list.newChat}>
          <ActionIcon
            aria-label={text.chats.list.newChat}
            className={styles.tool ?? ''}
            onClick={() => setNew(true)}
            size={32}
            variant="subtle"
          >
            <NewChatIcon />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={styles.search}>
        <TextInput
          aria-label={text.chats.list.search}
          leftSection={<SearchIcon size={16} />}
          onChange={(event) => props.onWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') props.onWords('');
          }}
          placeholder={text.common.search}
          ref={field}
          rightSection={
            words === '' ? undefined : (
              <CloseButton
                aria-label={text.chats.list.endSearch}
                onClick={() => {
                  props.onWords('');
                  field.current?.focus();
                }}
                size="sm"
              />
            )
          }
          size="sm"
          value={words}
          variant="filled"
        />
      </div>
      {isLoading ? (
        <Delayed>
          <RowSkeletons />
        </Delayed>
      ) : (
        <ChatRows
          account={account?.jid}
          onMenu={showMenu}
          onlyUnread={onlyUnread}
          open={open}
          sections={sections}
          words={words}
        />
      )}
      <AccountSwitcher account={account} accounts={accounts} onAccount={props.onAccount} />
      <ChatMenu at={menu} onClose={() => setMenu(undefined)} open={open} />
      {account && <NewChat account={account.jid} isOpen={isNew} onClose={() => setNew(false)} />}
    </>
  );
}

function RowSkeletons() {
  return (
    <div className={styles.skeletons}>
      {[60, 45, 70, 50, 65, 40].map((width) => (
        <div className={styles.skeleton} key={width}>
          <Skeleton circle height={40} />
          <div>
            <Skeleton height={12} width={`${width}%`} />
            <Skeleton height={10} mt={10} width="85%" />
          </div>
        </div>
      ))}
    </div>
  );
}
