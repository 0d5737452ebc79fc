import { Textarea } from '@mantine/core';
import type { KeyboardEventHandler, Ref } from 'react';
import styles from './composer.module.css';
import { optionId } from './palette.tsx';
import { filesIn } from './pasted.ts';
import type { PaletteState } from './use-palette.ts';

interface ComposerFieldProps {
  name: string;
  words: string;
  isOff: boolean;
  palette: PaletteState;
  /** Of the commands that the palette lists. */
  listId: string;
  onText: (words: string) => void;
  onFiles: (files: readonly File[]) => void;
  onFocused: (isFocused: boolean) => void;
  onKeyDown: KeyboardEventHandler;
  ref: Ref<HTMLTextAreaElement>;
}

/** What is typed, with the palette of commands at hand; files that are pasted are held. */
export function ComposerField(props: ComposerFieldProps) {
  const { name, words, isOff, palette, listId, onText, onFiles, onFocused, onKeyDown, ref } = props;
  return (
    <Textarea
      aria-activedescendant={
        palette.isOpen && palette.shown.length > 0 ? optionId(listId, palette.chosen) : undefined
      }
      aria-autocomplete="list"
      aria-controls={palette.isOpen ? listId : undefined}
      aria-expanded={palette.isOpen}
      aria-label={name}
      autosize
      className={styles.field ?? ''}
      data-composer
      disabled={isOff}
      maxRows={9}
      minRows={1}
      onBlur={() => onFocused(false)}
      onChange={(event) => onText(event.currentTarget.value)}
      onFocus={() => onFocused(true)}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        const files = filesIn(event.clipboardData);
        if (files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
      placeholder={name}
      ref={ref}
      role="combobox"
      value={words}
      variant="unstyled"
    />
  );
}
