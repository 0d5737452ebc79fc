import { useState } from 'react';
import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import { useOpenChat } from '../chat-context.ts';
import { oneLine } from '../list/one-line.ts';
import { Actions } from './actions.tsx';
import styles from './bubble.module.css';
import { Files } from './files.tsx';
import { Meta } from './meta.tsx';
import { SaidText } from './said-text.tsx';

interface BubbleProps {
  message: ChatMessage;
  name: string;
  isOwn: boolean;
  isFirst: boolean;
}

/** What somebody said. */
export function Bubble({ message, name, isOwn, isFirst }: BubbleProps) {
  const text = useText().chats;
  const { chat } = useOpenChat();
  const [isClosed, setClosed] = useState(message.spoiler !== null);
  const hasName = isFirst && !isOwn && (chat.kind === 'self' || chat.kind === 'room' || message.by === 'bot');
  const isBotHere = message.by === 'bot' && message.bot_id !== null && chat.kind !== 'bot';
  const classes = `${styles.bubble} ${isOwn ? styles.own : ''} ${isFirst ? '' : styles.joined}`;
  // Programs and bots offer commands; what people write may look like one by chance, or on purpose.
  const isAnswer =
    !isOwn && (chat.kind === 'bot' || (message.outgoing ? message.by !== 'person' : message.by === 'bot'));
  const isEngine = message.by === 'engine' && (message.outgoing || chat.kind === 'bot');
  if (message.retracted)
    return (
      <div className={`${classes} ${styles.gone}`}>
        {text.message.retracted} <Meta isOwn={isOwn} message={message} />
      </div>
    );
  return (
    <div className={classes}>
      {(hasName || (isBotHere && isFirst)) && (
        <div className={styles.name}>
          <bdi>{name}</bdi>
          {isBotHere && name !== text.botNumber(message.bot_id ?? 0) && (
            <span className={styles.role}>{text.botNumber(message.bot_id ?? 0)}</span>
          )}
        </div>
      )}
      {message.reply_to && <Quoted message={message} />}
      {message.spoiler !== null && (
        <button
          aria-expanded={!isClosed}
          className={styles.spoiler}
          onClick={() => setClosed(!isClosed)}
          type="button"
        >
          {message.spoiler === '' ? text.message.spoiler : message.spoiler} ·{' '}
          {isClosed ? text.message.reveal : text.message.conceal}
        </button>
      )}
      {message.files.length > 0 && !isClosed && <Files isOwn={isOwn} message={message} />}
      {message.text !== '' && !isClosed ? (
        <SaidText isAnswer={isAnswer} isEngine={isEngine} message={message}>
          <Meta isOwn={isOwn} message={message} />
        </SaidText>
      ) : (
        <div className={styles.alone}>
          <Meta isOwn={isOwn} message={message} />
        </div>
      )}
      {message.actions.length > 0 && <Actions message={message} />}
    </div>
  );
}

/** What it answers; leads there. */
function Quoted({ message: { reply_to: reply } }: { message: ChatMessage }) {
  const text = useText().chats;
  const { jumpTo, chat, account } = useOpenChat();
  if (!reply) return null;
  const isOwn = reply.author === account?.jid;
  const author = isOwn ? text.list.you : reply.author === chat.jid ? chat.name : reply.author;
  const { id } = reply;
  const isHere = id !== null || reply.excerpt !== '';
  const body = (
    <>
      {/* Of a message that is not here, who wrote it is only claimed. */}
      {isHere && (
        <span className={styles.quotedName}>
          <bdi>{author}</bdi>
        </span>
      )}
      <span className={styles.quotedText} dir="auto">
        {oneLine(reply.excerpt) || (isHere ? text.message.retracted : text.message.notHere)}
      </span>
    </>
  );
  if (id === null) return <div className={styles.quoted}>{body}</div>;
  return (
    <button
      className={styles.quoted}
      onClick={() => jumpTo(id)}
      title={text.message.showAnswered}
      type="button"
    >
      {body}
    </button>
  );
}
