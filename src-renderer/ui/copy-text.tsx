import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useText } from '../text/use-text.ts';
import styles from './copy-text.module.css';
import { CheckIcon, CopyIcon } from './icons.tsx';

interface CopyProps {
  value: string;
  what: string;
}

/** Copies a text, and what a button for it is called and shows: for two seconds that it is done. */
function useCopy({ value, what }: CopyProps) {
  const text = useText().common;
  const { copied: isCopied, copy } = useClipboard({ timeout: 2_000 });
  return {
    isCopied,
    name: isCopied ? text.copied : text.copy(what),
    icon: isCopied ? <CheckIcon size={16} /> : <CopyIcon size={16} />,
    run: () => copy(value),
  };
}

/** Copies a text and says so for two seconds. */
export function CopyAction(props: CopyProps) {
  const { isCopied, name, icon, run } = useCopy(props);
  return (
    <Tooltip label={name} {...(isCopied ? { opened: true } : {})}>
      <ActionIcon aria-label={name} className={styles.button ?? ''} onClick={run} size={28} variant="subtle">
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** The same without the weight of a control of the library: for where many of them come and go while one scrolls. */
export function CopyLightly(props: CopyProps) {
  const { name, icon, run } = useCopy(props);
  return (
    <button aria-label={name} className={styles.light} onClick={run} title={name} type="button">
      {icon}
    </button>
  );
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
