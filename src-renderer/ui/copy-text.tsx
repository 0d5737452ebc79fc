import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { text } from '../text.ts';
import styles from './copy-text.module.css';
import { CheckIcon, CopyIcon } from './icons.tsx';

/** Copies a text and says so for two seconds. */
export function CopyAction({ value, what }: { value: string; what: string }) {
  return (
    <CopyButton timeout={2_000} value={value}>
      {({ copied, copy }) => {
        const name = copied ? text.copied : text.copy(what);
        return (
          <Tooltip label={name} {...(copied ? { opened: true } : {})}>
            <ActionIcon
              aria-label={name}
              className={styles.button ?? ''}
              onClick={copy}
              size={28}
              variant="subtle"
            >
              {copied ? <CheckIcon size={16} /> : <CopyIcon size={16} />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </CopyButton>
  );
}

/** Something to type, within a sentence. */
export function Typed({ children }: { children: string }) {
  return <code className={`${styles.code} ${styles.accent}`}>{children}</code>;
}

/** An address or a name that machines read. */
export function Mono({ children }: { children: string }) {
  return <code className={styles.code}>{children}</code>;
}

/** A command on a line of its own, with a button that copies it. */
export function CommandLine({ command, what }: { command: string; what: string }) {
  return (
    <div className={styles.line}>
      <code className={styles.code}>{command}</code>
      <CopyAction value={command} what={what} />
    </div>
  );
}
