import { Button } from '@mantine/core';
import { memo } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { useText } from '../../../text/use-text.ts';
import styles from './chat-list.module.css';
import { ChatRow } from './chat-row.tsx';
import { FoundRow } from './found-row.tsx';
import type { ListItem } from './list-items.ts';

export interface RowActs {
  onMenu: (chat: Chat, at: { x: number; y: number }) => void;
  onMore: () => void;
}

interface ListRowProps extends RowActs {
  item: ListItem;
  index: number;
  top: number;
  isOpen: boolean;
  /** The Tab key stops here. */
  isStop: boolean;
  /** More is on its way. */
  isBusy: boolean;
  words: string;
}

/** A row in its place. It is drawn anew only when something about it has changed, not when others come and go. */
export const ListRow = memo(function ListRow(props: ListRowProps) {
  const { item, index, top, isOpen, isStop, isBusy, words, onMenu, onMore } = props;
  const text = useText().chats.list;
  return (
    <div className={styles.item} data-index={index} style={{ top }}>
      {item.kind === 'section' && <h2 className={styles.section}>{text.sections[item.name]}</h2>}
      {item.kind === 'chat' && <ChatRow chat={item.chat} isOpen={isOpen} isStop={isStop} onMenu={onMenu} />}
      {item.kind === 'found' && <FoundRow message={item.message} words={words} />}
      {item.kind === 'none' && <p className={styles.none}>{text.nothingFound}</p>}
      {item.kind === 'more' && (
        <Button fullWidth loading={isBusy} onClick={onMore} size="compact-sm" variant="subtle">
          {text.moreFound}
        </Button>
      )}
    </div>
  );
});
