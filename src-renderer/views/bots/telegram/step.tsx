import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../../text/use-text.ts';
import { CheckIcon } from '../../../ui/icons.tsx';
import styles from './set-up.module.css';

interface StepProps {
  title: string;
  /** Done, to be done now, or waiting for the one before. */
  state: 'done' | 'now' | 'later';
  children: ReactNode;
}

/** One of several steps; its number comes from its place. */
export function Step({ title, state, children }: StepProps) {
  const { done } = useText().bots.telegram.setUp;
  return (
    <li aria-current={state === 'now' ? 'step' : undefined} className={styles.step} data-state={state}>
      <span aria-hidden="true" className={styles.number}>
        {state === 'done' && <CheckIcon size={14} />}
      </span>
      <div className={styles.content}>
        <Title order={3}>
          {title}
          {state === 'done' && <span className={styles.unseen}>, {done}</span>}
        </Title>
        {state !== 'later' && <div className={styles.body}>{children}</div>}
      </div>
    </li>
  );
}
