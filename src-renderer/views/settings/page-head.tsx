import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../text/use-text.ts';
import type { PageName } from './pages.ts';
import styles from './settings.module.css';

/** What a page of the settings is about. */
export function PageHead({ page, children }: { page: PageName; children?: ReactNode }) {
  const text = useText().settings;
  return (
    <header className={styles.head}>
      <div>
        <Title order={1}>{text.pages[page]}</Title>
        <p className={styles.lead}>{text.leads[page]}</p>
      </div>
      {children}
    </header>
  );
}
