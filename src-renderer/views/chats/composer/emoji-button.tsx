import { ActionIcon, Popover } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../../../text/use-text.ts';
import { EmojiIcon } from '../../../ui/icons.tsx';
import styles from './composer.module.css';

const EmojiPicker = lazy(async () => ({ default: (await import('../emoji/emoji-picker.tsx')).EmojiPicker }));

/** Opens the emojis; the one that is picked goes into the field. */
export function EmojiButton({ isOff, onPick }: { isOff: boolean; onPick: (emoji: string) => void }) {
  const { emoji } = useText().chats.composer;
  const [isPicking, setPicking] = useState(false);
  return (
    <Popover onChange={setPicking} opened={isPicking} position="top-end" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon
          aria-expanded={isPicking}
          aria-label={emoji}
          className={styles.tool ?? ''}
          disabled={isOff}
          onClick={() => setPicking(!isPicking)}
          size={34}
          title={emoji}
          variant="subtle"
        >
          <EmojiIcon />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <Suspense fallback={null}>
          <EmojiPicker
            onPick={(one) => {
              setPicking(false);
              onPick(one);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
