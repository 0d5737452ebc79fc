import { useHotkeys } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Chat, ChatMessage } from '../../../src-shared/client/types.ts';
import { botsQuery } from '../../queries/bots.ts';
import { commandsQuery } from '../../queries/chat-commands.ts';
import { newKey } from '../../queries/new-key.ts';
import { useText } from '../../text/use-text.ts';
import type { AccountStatusLike } from './account-like.ts';
import { type OpenChat, OpenChatProvider } from './chat-context.ts';
import { ChatHeader } from './chat-header.tsx';
import styles from './chat-pane.module.css';
import { Composer, type ComposerHandle } from './composer/composer.tsx';
import { DropZone } from './composer/drop-zone.tsx';
import { useUploads } from './composer/use-uploads.ts';
import { useReadyText } from './link-wish.ts';
import type { LogHandle } from './log/log-rows.tsx';
import { MessageLog } from './log/message-log.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { SearchHere } from './search-here.tsx';
import { useMessageActs } from './use-message-acts.ts';

interface PaneProps {
  chat: Chat;
  account: AccountStatusLike | undefined;
  /** The message that an address leads to. */
  aim: number | undefined;
  isPanelOpen: boolean;
  onPanel: (which: 'encryption' | 'info') => void;
}

/** What the field holds besides text. */
export type Target = { kind: 'reply' | 'edit'; message: ChatMessage };

/** One conversation: who it is with, what was said, and where one writes. */
export function ChatPane({ chat, account, aim, isPanelOpen, onPanel }: PaneProps) {
  const text = useText();
  const client = useQueryClient();
  const { account: ownJid, jid } = chat;
  const key = useMemo(() => ({ account: ownJid, jid }), [ownJid, jid]);
  const { data: bots = [] } = useQuery(botsQuery);
  const { data: commands = [] } = useQuery(commandsQuery(key));
  const [target, setTarget] = useState<Target>();
  const [isSearching, setSearching] = useState(false);
  const log = useRef<LogHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const acts = useMessageActs(key);
  useReadyText(key, (words) => composer.current?.add(words));
  const uploads = useUploads(key, () => log.current?.toEnd());

  const say = useCallback(
    async (words: string, key = newKey()) => {
      const isSent = await acts.write(words, undefined, key);
      if (isSent) log.current?.toEnd();
      return isSent;
    },
    [acts],
  );
  const open: OpenChat = {
    chat,
    account,
    say,
    fill: (words) => composer.current?.fill(words),
    runCommand(words, wishesField) {
      const name = words.slice(1).split(' ')[0];
      const known = commands.find((one) => one.name.replace(/^\//, '') === name);
      const needsMore = !words.includes(' ') && known?.args.trimStart().startsWith('<');
      if (wishesField || needsMore) composer.current?.fill(`${words} `);
      else void say(words);
    },
    reply: (message) => {
      setTarget({ kind: 'reply', message });
      composer.current?.focus();
    },
    edit: (message) => {
      setTarget({ kind: 'edit', message });
      composer.current?.fill(message.text);
    },
    ...acts,
    jumpTo: (id) => void log.current?.jumpTo(id),
    openPanel: onPanel,
    nameOf(message) {
      if (message.bot_id !== null && message.bot_id !== undefined)
        return bots.find(({ id }) => id === message.bot_id)?.name ?? text.chats.botNumber(message.bot_id);
      // Anybody can say that a program wrote it; Botmother is who does so through the own account.
      if (message.by === 'engine' && message.outgoing) return text.common.product;
      if (message.outgoing) return text.chats.list.you;
      return chat.kind === 'room' ? message.author : chat.name;
    },
  };

  // Also where somebody writes; the browser's own search finds only what is in sight.
  useHotkeys([['mod+F', () => setSearching(true)]], []);

  /** The arrow up in an empty field: the last own message is corrected. */
  function editLast() {
    const own = client
      .getQueryData<{ messages: ChatMessage[] }>(['chat-messages', ownJid, jid])
      ?.messages.findLast(
        (one) => one.outgoing && one.by === 'person' && !one.retracted && one.files.length === 0,
      );
    if (own) open.edit(own);
  }

  return (
    <OpenChatProvider value={open}>
      <DropZone isOff={chat.encryption.state === 'impossible'} onFiles={uploads.add}>
        <div className={styles.pane}>
          <ChatHeader
            chat={chat}
            account={account}
            isPanelOpen={isPanelOpen}
            onPanel={onPanel}
            onSearch={() => setSearching(!isSearching)}
          />
          {account && account.state !== 'online' && <OfflineBanner account={account} />}
          {isSearching && <SearchHere chat={key} onClose={() => setSearching(false)} />}
          <MessageLog aim={aim} chat={chat} onEscape={() => composer.current?.focus()} ref={log} />
          <Composer
            acts={acts}
            chat={chat}
            commands={commands}
            onEditLast={editLast}
            onSent={() => log.current?.toEnd()}
            onTarget={setTarget}
            ref={composer}
            target={target}
            uploads={uploads}
          />
        </div>
      </DropZone>
    </OpenChatProvider>
  );
}
