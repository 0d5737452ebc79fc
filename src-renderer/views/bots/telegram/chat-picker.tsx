import { Anchor, Button, Loader, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TelegramChat } from '../../../../src-shared/api/telegram.ts';
import { ApiProblem } from '../../../client.ts';
import { telegramChatsQuery } from '../../../queries/bot-telegram.ts';
import { useText } from '../../../text/use-text.ts';
import { CheckIcon, OutsideIcon, RefreshIcon } from '../../../ui/icons.tsx';
import { ChatById } from './chat-by-id.tsx';
import { ChatMark } from './chat-mark.tsx';
import styles from './chat-picker.module.css';
import { AT_TELEGRAM, botName, chatPlace, chatTitle } from './names.ts';

/** By its ID; with what is known of it when it was in the list. */
export interface ChosenChat {
  id: string;
  chat?: TelegramChat;
}

interface ChatPickerProps {
  id: number;
  /** Of the Telegram bot. */
  username: string | null;
  /** Not saved yet; undefined: the saved one. */
  token: string | undefined;
  wish: number;
  /** The ID of the one that is connected now. */
  current?: string | undefined;
  /** The ID of the one that is being connected. */
  saving?: string | undefined;
  onChoose: (chat: ChosenChat) => void;
  /** A webhook of another program hides who wrote, and that is to be asked about. */
  onHidden?: (refusal: string) => void;
  /** Telegram could not be asked a moment ago: nothing is there to choose from. */
  startsById?: boolean;
}

/** One of the chats that wrote to the bot lately, or any by its ID. A click is a choice. */
export function ChatPicker({
  id,
  username,
  token,
  wish,
  current,
  saving,
  onChoose,
  onHidden,
  startsById = false,
}: ChatPickerProps) {
  const all = useText();
  const text = all.bots.telegram.setUp.chat;
  const [isById, setById] = useState(startsById);
  const query = useQuery({ ...telegramChatsQuery(id, token, wish), enabled: !isById });
  const hiding = query.isFetching || !isWebhook(query.error) ? undefined : query.error;
  const name = botName(username, all.bots.telegram.token);
  const chats = query.data ?? [];
  const turn = (
    <button className={styles.link} onClick={() => setById(!isById)} type="button">
      {isById ? text.fromList : text.byId}
    </button>
  );
  if (isById)
    return (
      <div className={styles.picker}>
        <ChatById isSaving={saving !== undefined} onChoose={onChoose} />
        <div className={styles.acts}>{turn}</div>
      </div>
    );
  return (
    <div className={styles.picker}>
      <p>{text.lead(name)}</p>
      {chats.length > 0 && (
        <ul aria-label={text.list} className={styles.list}>
          {chats.map((chat) => (
            <li key={chat.id}>
              <UnstyledButton
                aria-pressed={current === undefined ? undefined : chat.id === current}
                className={styles.chat ?? ''}
                disabled={saving !== undefined}
                onClick={() => onChoose({ id: chat.id, chat })}
              >
                <ChatMark chat={chat} size={32} />
                <span className={styles.names}>
                  <strong data-may-be-cut title={chatTitle(chat)}>
                    <bdi>{chatTitle(chat)}</bdi>
                  </strong>
                  <span>{chatPlace(chat, all)}</span>
                </span>
                {chat.id === saving && <Loader size={16} />}
                {chat.id === current && saving === undefined && <CheckIcon />}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      <Status error={query.error} isEmpty={chats.length === 0} isReading={query.isFetching} name={name} />
      <div className={styles.acts}>
        <Button
          leftSection={query.isFetching ? <Loader aria-hidden="true" size={14} /> : <RefreshIcon size={16} />}
          onClick={() => void query.refetch()}
          size="xs"
          variant="default"
        >
          {text.again}
        </Button>
        {onHidden && hiding && (
          <Button onClick={() => onHidden(hiding.message)} size="xs" variant="default">
            {all.bots.telegram.webhook.remove}
          </Button>
        )}
        {username !== null && username !== '' && (
          <>
            <Outside href={`${AT_TELEGRAM}/${username}`}>{text.open(name)}</Outside>
            <Outside href={`${AT_TELEGRAM}/${username}?startgroup=true`}>{text.group}</Outside>
          </>
        )}
        {turn}
      </div>
    </div>
  );
}

const isWebhook = (error: Error | null): error is ApiProblem =>
  error instanceof ApiProblem && error.code === 'telegram_webhook';

interface StatusProps {
  isReading: boolean;
  isEmpty: boolean;
  error: Error | null;
  name: string;
}

/** Why there is nothing to choose from, in a line. */
function Status({ isReading, isEmpty, error, name }: StatusProps) {
  const text = useText().bots.telegram.setUp.chat;
  const words = () => {
    if (isReading) return isEmpty ? text.reading : '';
    if (error) return isWebhook(error) ? text.hidden : error.message;
    return isEmpty ? text.none(name) : '';
  };
  return (
    <p aria-live="polite" className={styles.status} data-bad={(!isReading && error !== null) || undefined}>
      {words()}
    </p>
  );
}

function Outside({ href, children }: { href: string; children: string }) {
  return (
    <Anchor className={styles.outside ?? ''} href={href} rel="noopener noreferrer" size="sm" target="_blank">
      {children} <OutsideIcon size={14} />
    </Anchor>
  );
}
