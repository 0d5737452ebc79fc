import { ActionIcon, Tooltip } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../text/use-text.ts';
import styles from './copy-text.module.css';
import { CopyAction } from './copy-text.tsx';
import { HideIcon, ShowIcon } from './icons.tsx';

const SHOWN_MS = 30_000;

/** The first nine and the last four characters. */
export const masked = (secret: string): string =>
  secret.length > 16 ? `${secret.slice(0, 9)}…${secret.slice(-4)}` : '••••••••';

interface TokenFieldProps {
  value: string;
  /** What it is, for the names of the buttons. */
  what: string;
  /** More buttons, such as one that makes another token. */
  children?: ReactNode;
}

/** A secret on a line of its own: masked, shown for half a minute on request, copied whole. */
export function TokenField({ value, what, children }: TokenFieldProps) {
  const text = useText().common;
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isShown]);
  const name = isShown ? text.hide(what) : text.show(what);
  return (
    <div className={styles.line}>
      <code className={styles.code}>{isShown ? value : masked(value)}</code>
      <Tooltip label={name}>
        <ActionIcon
          aria-label={name}
          className={styles.button ?? ''}
          onClick={() => setShown(!isShown)}
          size={28}
          variant="subtle"
        >
          {isShown ? <HideIcon size={16} /> : <ShowIcon size={16} />}
        </ActionIcon>
      </Tooltip>
      <CopyAction value={value} what={what} />
      {children}
    </div>
  );
}
