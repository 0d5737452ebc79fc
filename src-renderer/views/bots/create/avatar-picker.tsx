import { Button, FileButton, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useText } from '../../../text/use-text.ts';
import { BotMark } from '../../../ui/marks.tsx';
import styles from './create-bot.module.css';
import type { Cropping } from './use-cropping.ts';

const TYPES = 'image/png,image/jpeg,image/gif,image/webp,image/avif';

interface AvatarPickerProps {
  name: string;
  /** In base64; undefined: none. */
  picture: string | undefined;
  /** The address of the one that there is until another is chosen. */
  current?: string | undefined;
  /** Where what is chosen is cut. */
  cropping: Cropping;
  onRemove: () => void;
  id?: number;
}

/** The picture of a bot, and the way to another one. */
export function AvatarPicker({ name, picture, current, cropping, onRemove, id = 0 }: AvatarPickerProps) {
  const text = useText().bots.newBot;
  const shown = picture === undefined ? current : blobOf(picture);
  const { begin, problem, source } = cropping;
  const button = useRef<HTMLButtonElement>(null);
  const wasCropping = useRef(false);
  useEffect(() => {
    // Where one was before.
    if (wasCropping.current && source === undefined) button.current?.focus();
    wasCropping.current = source !== undefined;
  }, [source]);
  return (
    <div className={styles.picker}>
      <FileButton accept={TYPES} onChange={begin}>
        {(props) => (
          <UnstyledButton
            aria-label={shown === undefined ? text.choosePicture : text.changePicture}
            className={styles.pick ?? ''}
            ref={button}
            {...props}
          >
            <BotMark id={id} name={name || '+'} picture={shown} size={56} />
          </UnstyledButton>
        )}
      </FileButton>
      {shown === undefined ? (
        <FileButton accept={TYPES} onChange={begin}>
          {(props) => (
            <Button size="compact-sm" variant="subtle" {...props}>
              {text.picture}
            </Button>
          )}
        </FileButton>
      ) : (
        <Button onClick={onRemove} size="compact-sm" variant="subtle">
          {text.removePicture}
        </Button>
      )}
      {problem !== undefined && (
        <Text c="var(--bm-bad)" role="alert" size="xs" ta="center">
          {problem}
        </Text>
      )}
    </div>
  );
}

const blobs = new Map<string, string>();
/** An address of that picture for this page; data: is not allowed to show any. */
function blobOf(picture: string): string {
  const known = blobs.get(picture);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
  blobs.set(picture, url);
  return url;
}
