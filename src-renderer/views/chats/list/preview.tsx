import type { Chat, ChatMessage } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import { isOwn } from '../log/rows.ts';
import styles from './chat-row.module.css';
import { lineOf, oneLine } from './one-line.ts';
import { AttachIcon, EditIcon, PictureIcon } from './preview-icons.tsx';

/** What was said last, in a line: who, in rooms and where it was oneself; what is not sent yet; what kind of file. */
export function Preview({ chat, isOpen }: { chat: Chat; isOpen: boolean }) {
  const text = useText().chats.list;
  if (chat.typing.length > 0) return <span className={styles.typing}>{text.typing}</span>;
  // What stands in the field in sight need not be said.
  if (chat.draft !== '' && !isOpen)
    return (
      <>
        <span className={styles.draft}>
          <EditIcon /> {text.draft}
        </span>{' '}
        <bdi dir="auto">{oneLine(chat.draft)}</bdi>
      </>
    );
  const { last } = chat;
  if (!last) return <span className={styles.faint}>{text.nothingYet}</span>;
  return (
    <>
      {whoOf(chat, last, text.you)}
      <Said message={last} />
    </>
  );
}

function whoOf(chat: Chat, last: ChatMessage, you: string) {
  if (last.kind === 'notice') return null;
  if (isOwn(last) && chat.kind !== 'self' && chat.kind !== 'bot') return <span>{you}: </span>;
  if (chat.kind === 'room' && !last.outgoing)
    return (
      <span>
        <bdi>{last.author}</bdi>:{' '}
      </span>
    );
  return null;
}

function Said({ message }: { message: ChatMessage }) {
  const text = useText().chats;
  const line = lineOf(message, text.message);
  if (message.retracted || message.spoiler !== null) return <em>{line}</em>;
  const [file] = message.files;
  if (file)
    return (
      <>
        {file.type.startsWith('image/') ? <PictureIcon /> : <AttachIcon />} <bdi dir="auto">{line}</bdi>
      </>
    );
  return <bdi dir="auto">{line}</bdi>;
}
