import { UnstyledButton } from '@mantine/core';
import type { Chat } from '../../../src-shared/client/types.ts';
import { useText } from '../../text/use-text.ts';
import { LockIcon, OpenLockIcon, UnknownLockIcon } from '../../ui/icons.tsx';
import styles from './lock-pill.module.css';

/** Whether what is said here is encrypted, in a colour, a shape and words. Opens what there is to know about it. */
export function LockPill({ chat: { encryption }, onOpen }: { chat: Chat; onOpen: () => void }) {
  const text = useText().chats.lock;
  const { state, devices, new_devices } = encryption;
  if (state === 'on' && new_devices > 0)
    return (
      <UnstyledButton className={`${styles.pill} ${styles.warn}`} onClick={onOpen}>
        <UnknownLockIcon size={16} />
        {text.newKey}
      </UnstyledButton>
    );
  if (state === 'on')
    return (
      <UnstyledButton className={`${styles.pill} ${styles.on}`} onClick={onOpen} title={text.words.on}>
        <LockIcon size={16} />
        <span>
          OMEMO<span className={styles.count}> · {text.devices(devices)}</span>
        </span>
      </UnstyledButton>
    );
  return (
    <UnstyledButton
      className={`${styles.pill} ${state === 'impossible' ? styles.bad : styles.off}`}
      onClick={onOpen}
      title={encryption.reason ?? undefined}
    >
      <OpenLockIcon size={16} />
      {state === 'impossible' ? text.impossible : text.off}
    </UnstyledButton>
  );
}
