import { memo, useState } from 'react';
import { useLanguage, useReason, useText } from '../../../text/use-text.ts';
import { clockOf, dayLine } from '../../../ui/when.ts';
import { useOpenChat } from '../chat-context.ts';
import { BotFace, ChatMark, OwnMark } from '../chat-mark.tsx';
import { withoutTokens } from '../list/one-line.ts';
import { Bubble } from './bubble.tsx';
import styles from './message-row.module.css';
import { MessageTools } from './message-tools.tsx';
import { NoticeRow } from './notice-row.tsx';
import { Reactions } from './reactions.tsx';
import type { LogRow } from './rows.ts';
import { sealOf } from './seal.ts';

/** A message with what stands around it: the lines above, the speaker's picture, the reactions, what can be done. */
export const MessageRow = memo(function MessageRow({ row, isMarked }: { row: LogRow; isMarked: boolean }) {
  const { common, chats } = useText();
  const language = useLanguage();
  const { message, beginsDay, beginsUnread } = row;
  return (
    <>
      {beginsDay && (
        <div className={styles.day}>
          <span>{dayLine(message.sent_at, language, common)}</span>
        </div>
      )}
      {beginsUnread && (
        <div className={`${styles.day} ${styles.unread}`}>
          <span>{chats.log.unread}</span>
        </div>
      )}
      {message.kind === 'notice' ? <NoticeRow message={message} /> : <Said isMarked={isMarked} row={row} />}
    </>
  );
});

function Said({ row, isMarked }: { row: LogRow; isMarked: boolean }) {
  const { message, isOwn, isFirst, isLast } = row;
  const { chats } = useText();
  const language = useLanguage();
  const { chat, nameOf } = useOpenChat();
  const [isActive, setActive] = useState(false);
  const [hadFailed] = useState(message.state === 'failed');
  const name = nameOf(message);
  const label = [
    name,
    message.retracted
      ? chats.message.retracted
      : (message.spoiler ?? withoutTokens(message.text).slice(0, 400)),
    ...message.files.map((file) => file.name),
    clockOf(message.sent_at, language),
    message.state ? chats.states[message.state] : undefined,
    sealOf(message, chat) === 'open' ? chats.message.inClear : undefined,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only brings out what the keyboard reaches as well
    <div
      className={`${styles.row} ${isOwn ? styles.own : ''} ${isFirst ? styles.first : ''} ${isMarked ? styles.marked : ''}`}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setActive(false);
      }}
      onFocus={() => setActive(true)}
      onPointerEnter={() => setActive(true)}
      onPointerLeave={(event) => {
        if (!event.currentTarget.contains(document.activeElement)) setActive(false);
      }}
    >
      {!isOwn && <span className={styles.mark}>{isLast && <SpeakerMark row={row} />}</span>}
      <article aria-label={label} className={styles.said} data-message={message.message_id} tabIndex={-1}>
        <div className={styles.line}>
          <Bubble isFirst={isFirst} isOwn={isOwn} message={message} name={name} />
          {isActive && !message.retracted && <MessageTools isOwn={isOwn} message={message} />}
        </div>
        {message.reactions.length > 0 && <Reactions message={message} />}
        {message.state === 'failed' && <Failed isNews={!hadFailed} row={row} />}
      </article>
    </div>
  );
}

function SpeakerMark({ row: { message } }: { row: LogRow }) {
  const { chat, nameOf } = useOpenChat();
  if (message.by === 'bot' && message.bot_id !== null)
    return <BotFace id={message.bot_id} name={nameOf(message)} size={32} />;
  if (chat.kind === 'self') return <OwnMark size={32} />;
  if (chat.kind === 'room')
    return <ChatMark chat={{ kind: 'contact', name: message.author, bot_id: null, jid: '' }} size={32} />;
  return <ChatMark chat={chat} size={32} />;
}

/** `isNews`: it failed while somebody was looking; what failed before that is not called out. */
function Failed({ row: { message }, isNews }: { row: LogRow; isNews: boolean }) {
  const { chats } = useText();
  const { retry, retract } = useOpenChat();
  const reason = useReason()(message.reason, message.cause);
  return (
    <p className={styles.failed} role={isNews ? 'alert' : undefined}>
      <span>{reason === null ? chats.message.notSent : chats.message.notSentBecause(reason)}</span>
      <button onClick={() => retry(message)} type="button">
        {chats.message.tryAgain}
      </button>
      <button onClick={() => retract(message)} type="button">
        {chats.message.remove}
      </button>
    </p>
  );
}
