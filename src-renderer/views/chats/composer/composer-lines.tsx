import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { botsQuery } from '../../../queries/bots.ts';
import { messagesQuery } from '../../../queries/chats.ts';
import { useText } from '../../../text/use-text.ts';
import { Delayed } from '../../../ui/delayed.tsx';
import { ClockIcon, EditIcon, LockIcon, OpenLockIcon, ReplyIcon, WarningIcon } from '../../../ui/icons.tsx';
import { useOpenChat } from '../chat-context.ts';
import type { Target } from '../chat-pane.tsx';
import { oneLine } from '../list/one-line.ts';
import styles from './composer.module.css';

interface LinesProps {
  chat: Chat;
  target: Target | undefined;
  problem: Error | undefined;
  /** Something is on its way to the engine. */
  isSending: boolean;
  enter: 'send' | 'line';
  onDrop: () => void;
}

/** What there is to know before one sends: what is answered, what went wrong, what waits, who gets it and how. */
export function ComposerLines({ chat, target, problem, isSending, enter, onDrop }: LinesProps) {
  const { chats } = useText();
  const text = chats.composer;
  const { openPanel, nameOf } = useOpenChat();
  const { encryption } = chat;
  return (
    <>
      {encryption.state === 'impossible' && (
        <div className={styles.blocked} role="alert">
          <OpenLockIcon />
          <span>
            <strong>{text.blocked}</strong> {encryption.reason}
          </span>
          <Button onClick={() => openPanel('encryption')} size="compact-sm" variant="default">
            {text.whatToDo}
          </Button>
        </div>
      )}
      {problem && (
        <div className={styles.problem} role="alert">
          <WarningIcon />
          <span>{problem.message}</span>
        </div>
      )}
      {target && (
        <div className={styles.target}>
          {target.kind === 'reply' ? <ReplyIcon size={16} /> : <EditIcon size={16} />}
          <span className={styles.targetWords}>
            <strong>{target.kind === 'reply' ? text.replyTo(nameOf(target.message)) : text.editing}</strong>
            <bdi>{oneLine(target.message.text || chats.message.file)}</bdi>
          </span>
          <CloseButton
            aria-label={target.kind === 'reply' ? text.endReply : text.endEdit}
            onClick={onDrop}
            size="sm"
          />
        </div>
      )}
      <div className={styles.line}>
        {isSending && (
          <Delayed>
            <span className={styles.part} role="status">
              <ClockIcon size={14} /> {text.sending}
            </span>
          </Delayed>
        )}
        <Waiting chat={chat} />
        <Goes chat={chat} />
        <span className={styles.enter}>{enter === 'send' ? text.enterSends : text.enterBreaks}</span>
      </div>
    </>
  );
}

/** Messages that have not left yet. */
function Waiting({ chat }: { chat: Chat }) {
  const text = useText().chats.composer;
  const { data } = useQuery({
    ...messagesQuery(chat),
    select: ({ messages }) => messages.filter(({ state }) => state === 'queued').length,
  });
  if (!data) return null;
  return (
    <span className={styles.part}>
      <ClockIcon size={14} /> {text.waiting(data)}
    </span>
  );
}

/** Who gets what is written, and whether it is encrypted. */
function Goes({ chat: { kind, name, account, encryption } }: { chat: Chat }) {
  const text = useText().chats;
  const { data: bots = [] } = useQuery(botsQuery);
  if (encryption.state === 'impossible') return null;
  const isOn = encryption.state === 'on';
  const own = bots.filter(
    (bot) => bot.owner === account && bot.mode === 'personal' && bot.status === 'active',
  );
  const words =
    kind === 'self'
      ? own.length === 0
        ? text.composer.goesToSelf
        : text.composer.goesToBots(own.length === 1 ? (own[0]?.name ?? '') : undefined)
      : text.composer.goesTo(name);
  return (
    <span className={styles.part}>
      <span className={isOn ? styles.on : undefined}>
        {isOn ? <LockIcon size={14} /> : <OpenLockIcon size={14} />}
      </span>
      <span>
        {words} · {isOn ? text.composer.encrypted : text.composer.inClear}
      </span>
    </span>
  );
}
