import { ActionIcon, Menu, Title, Tooltip } from '@mantine/core';
import type { Chat } from '../../../src-shared/client/types.ts';
import { useText } from '../../text/use-text.ts';
import { MoreIcon, PinIcon, SearchIcon, SidePanelIcon } from '../../ui/icons.tsx';
import type { AccountStatusLike } from './account-like.ts';
import styles from './chat-header.module.css';
import { ChatMark, dotOf } from './chat-mark.tsx';
import { ChatMenuItems } from './list/chat-menu.tsx';
import { stateWords } from './list/row-name.ts';
import { LockPill } from './lock-pill.tsx';

interface HeaderProps {
  chat: Chat;
  account: AccountStatusLike | undefined;
  isPanelOpen: boolean;
  onPanel: (which: 'encryption' | 'info') => void;
  onSearch: () => void;
}

/** Who this is, how they are there, whether it is encrypted, and where there is more. */
export function ChatHeader({ chat, account, isPanelOpen, onPanel, onSearch }: HeaderProps) {
  const text = useText();
  const words = text.chats.header;
  const isAway = account !== undefined && account.state !== 'online';
  const state = isAway ? words.unknownOffline : stateWords(chat, text);
  const what = chat.kind === 'self' ? words.self : [state, chat.jid].filter(Boolean).join(' · ');
  return (
    <header className={styles.header}>
      <ChatMark chat={chat} dot={isAway && chat.kind !== 'self' ? 'off' : dotOf(chat)} />
      <div className={styles.who}>
        <Title className={styles.name} order={2} size="md" title={chat.name}>
          <bdi>{chat.name}</bdi>
          {chat.kind === 'self' && <PinIcon size={14} />}
        </Title>
        <p className={styles.state} title={what}>
          {what}
        </p>
      </div>
      <LockPill chat={chat} onOpen={() => onPanel('encryption')} />
      <Tooltip label={words.searchHere}>
        <ActionIcon
          aria-label={words.searchIn(chat.name)}
          className={styles.tool ?? ''}
          onClick={onSearch}
          size={34}
          variant="subtle"
        >
          <SearchIcon />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={isPanelOpen ? words.closePanel : words.openPanel}>
        <ActionIcon
          aria-expanded={isPanelOpen}
          aria-label={isPanelOpen ? words.closePanel : words.openPanel}
          className={styles.tool ?? ''}
          onClick={() => onPanel('info')}
          size={34}
          variant="subtle"
        >
          <SidePanelIcon />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" shadow="md" width={240}>
        <Menu.Target>
          <ActionIcon
            aria-label={words.more(chat.name)}
            className={styles.tool ?? ''}
            size={34}
            variant="subtle"
          >
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ChatMenuItems chat={chat} isOpen />
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
