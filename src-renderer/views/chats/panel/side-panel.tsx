import { CloseButton, Drawer, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import { EncryptionPanel } from './encryption-panel.tsx';
import { InfoPanel } from './info-panel.tsx';
import styles from './side-panel.module.css';

type Shown = 'encryption' | 'info';

interface PanelProps {
  chat: Chat;
  shown: Shown;
  onClose: () => void;
}

/** What there is to know about a conversation: docked where there is room, over it where there is not. */
export function SidePanel({ chat, shown, onClose }: PanelProps) {
  const text = useText();
  const words = text.chats.panel;
  const [tab, setTab] = useState(shown);
  useEffect(() => setTab(shown), [shown]);
  const isDocked = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  const body = (
    <>
      <header className={styles.head}>
        <SegmentedControl
          aria-label={words.label(chat.name)}
          data={[
            { value: 'encryption', label: words.encryption },
            { value: 'info', label: words.info },
          ]}
          onChange={(value) => setTab(value as Shown)}
          size="xs"
          value={tab}
        />
        <CloseButton aria-label={text.chats.header.closePanel} onClick={onClose} />
      </header>
      <div className={styles.body}>
        {tab === 'encryption' ? <EncryptionPanel chat={chat} /> : <InfoPanel chat={chat} />}
      </div>
    </>
  );
  if (!isDocked)
    return (
      <Drawer.Root onClose={onClose} opened position="right" size={380}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={words.label(chat.name)}>
          <div className={styles.panel}>{body}</div>
        </Drawer.Content>
      </Drawer.Root>
    );
  return (
    <aside aria-label={words.label(chat.name)} className={`${styles.panel} ${styles.docked}`}>
      {body}
    </aside>
  );
}
