import { ActionIcon, CloseButton, Loader, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ChatKey } from '../../queries/chats.ts';
import { useText } from '../../text/use-text.ts';
import { NewestIcon, SearchIcon } from '../../ui/icons.tsx';
import { useOpenChat } from './chat-context.ts';
import { useFound } from './list/use-found.ts';
import styles from './search-here.module.css';

/** Looks for words in the open conversation, and walks through what is found. */
export function SearchHere({ chat, onClose }: { chat: ChatKey; onClose: () => void }) {
  const text = useText();
  const words = text.chats.search;
  const { jumpTo } = useOpenChat();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(-1);
  const { messages, hasMore, isSearching, isCurrent, more, error } = useFound(typed, chat.account, chat.jid);
  const isAsked = typed.trim().length >= 2;

  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  function step(by: 1 | -1) {
    if (!isCurrent) return;
    const next = Math.max(0, Math.min(messages.length - 1, at + by));
    const message = messages[next];
    if (!message) return;
    setAt(next);
    jumpTo(message.id);
    if (hasMore && next > messages.length - 5) more();
  }
  const count = messages.length === 0 ? words.none : words.position(at + 1, messages.length, hasMore);
  return (
    <search className={styles.bar}>
      <TextInput
        aria-label={words.label}
        className={styles.field ?? ''}
        leftSection={<SearchIcon size={16} />}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(-1);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
        }}
        placeholder={words.label}
        ref={field}
        rightSection={isSearching ? <Loader size={14} /> : undefined}
        size="sm"
        value={typed}
      />
      <span aria-live="polite" className={styles.count}>
        {error ? error.message : isAsked && !isSearching ? count : ''}
      </span>
      <ActionIcon
        aria-label={words.older}
        disabled={messages.length === 0 || at >= messages.length - 1}
        onClick={() => step(1)}
        size={30}
        title={words.older}
        variant="subtle"
      >
        <span className={styles.up}>
          <NewestIcon />
        </span>
      </ActionIcon>
      <ActionIcon
        aria-label={words.newer}
        disabled={at <= 0}
        onClick={() => step(-1)}
        size={30}
        title={words.newer}
        variant="subtle"
      >
        <NewestIcon />
      </ActionIcon>
      <CloseButton aria-label={words.close} onClick={onClose} />
    </search>
  );
}
