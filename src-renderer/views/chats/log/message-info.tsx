import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { useLanguage, useReason, useText } from '../../../text/use-text.ts';
import { CopyAction, Mono } from '../../../ui/copy-text.tsx';
import { fullDateOf } from '../../../ui/when.ts';
import styles from './message-info.module.css';

/** Everything that is known of a message. */
export function MessageInfo({ message, name }: { message: ChatMessage; name: string }) {
  const text = useText().chats;
  const words = text.info;
  const language = useLanguage();
  const inWords = useReason();
  return (
    <dl className={styles.facts}>
      <dt>{words.from}</dt>
      <dd>
        <bdi>{name}</bdi>
        {message.author !== name && <small>{message.author}</small>}
      </dd>
      <dt>{words.at}</dt>
      <dd>{fullDateOf(message.sent_at, language)}</dd>
      {message.state && (
        <>
          <dt>{words.state}</dt>
          <dd>
            {text.states[message.state]}
            {message.reason && <small>{inWords(message.reason, message.cause)}</small>}
          </dd>
        </>
      )}
      <dt>{words.encryption}</dt>
      <dd>{message.encrypted ? words.encrypted : words.inClear}</dd>
      <dt>{words.id}</dt>
      <dd className={styles.id}>
        <Mono>{message.message_id}</Mono>
        <CopyAction value={message.message_id} what={words.id} />
      </dd>
    </dl>
  );
}
