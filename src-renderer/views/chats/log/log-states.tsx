import { Button, Skeleton } from '@mantine/core';
import { useText } from '../../../text/use-text.ts';
import { Delayed } from '../../../ui/delayed.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { ChatIcon, LockIcon } from '../../../ui/icons.tsx';
import { useOpenChat } from '../chat-context.ts';
import styles from './message-log.module.css';

/** The final layout, while the first page is on its way. */
export function LogSkeleton() {
  return (
    <Delayed>
      <div className={styles.skeletons}>
        <Skeleton height={36} radius="lg" width="40%" />
        <Skeleton className={styles.skeletonOwn ?? ''} height={36} radius="lg" width="30%" />
        <Skeleton height={76} radius="lg" width="55%" />
        <Skeleton className={styles.skeletonOwn ?? ''} height={36} radius="lg" width="22%" />
      </div>
    </Delayed>
  );
}

/** Nothing was said yet: how to begin. */
export function EmptyLog() {
  const words = useText().chats.empty;
  const { chat, fill, runCommand } = useOpenChat();
  const isOn = chat.encryption.state === 'on';
  if (chat.kind === 'self')
    return (
      <Empty
        actions={
          <>
            <Button onClick={() => fill('/newbot ')}>{words.newBot}</Button>
            <Button onClick={() => runCommand('/help', false)} variant="default">
              {words.help}
            </Button>
          </>
        }
        icon={<ChatIcon size={22} />}
        title={words.selfTitle}
      >
        <p>{words.self}</p>
      </Empty>
    );
  return (
    <Empty
      actions={
        chat.kind === 'bot' ? (
          <Button onClick={() => runCommand('/help', false)} variant="default">
            {words.help}
          </Button>
        ) : undefined
      }
      icon={isOn ? <LockIcon size={22} /> : <ChatIcon size={22} />}
      title={words.title(chat.name)}
    >
      <p>{isOn ? words.encrypted : words.begin}</p>
    </Empty>
  );
}
