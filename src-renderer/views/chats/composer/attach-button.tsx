import { ActionIcon, Tooltip } from '@mantine/core';
import { useRef } from 'react';
import { useText } from '../../../text/use-text.ts';
import { AttachIcon } from '../../../ui/icons.tsx';
import styles from './composer.module.css';

interface AttachProps {
  name: string;
  isOff: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** Asks the system for files. */
export function AttachButton({ name, isOff, onFiles }: AttachProps) {
  const text = useText().chats.composer;
  const picked = useRef<HTMLInputElement>(null);
  return (
    <>
      <Tooltip label={text.attach}>
        <ActionIcon
          aria-label={text.attachTo(name)}
          className={styles.tool ?? ''}
          disabled={isOff}
          onClick={() => picked.current?.click()}
          size={34}
          variant="subtle"
        >
          <AttachIcon />
        </ActionIcon>
      </Tooltip>
      <input
        aria-hidden="true"
        hidden
        multiple
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
        ref={picked}
        tabIndex={-1}
        type="file"
      />
    </>
  );
}
