import type { KeyboardEvent } from 'react';
import type { ChatCommand } from '../../../queries/chat-commands.ts';
import { useSetting } from '../../../queries/settings.ts';
import type { PaletteState } from './use-palette.ts';

interface ComposerKeys {
  palette: PaletteState;
  /** Nothing is typed. */
  isEmpty: boolean;
  /** It answers or corrects a message. */
  hasTarget: boolean;
  fill: (words: string) => void;
  run: (command: ChatCommand) => void;
  send: () => void;
  dropTarget: () => void;
  editLast: () => void;
}

/** What the keys do where one writes; an open palette hears them first. */
export function useComposerKeys(acts: ComposerKeys): (event: KeyboardEvent) => void {
  const { palette, isEmpty, hasTarget, fill, run, send, dropTarget, editLast } = acts;
  const enter = useSetting('window_enter');

  /** Whether the palette has taken the key. */
  function onPaletteKey(event: KeyboardEvent): boolean {
    const { shown, chosen, setChosen, close } = palette;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const command = shown[chosen];
    if (by !== undefined && shown.length > 0) setChosen((chosen + by + shown.length) % shown.length);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab' && command && !event.shiftKey) fill(`/${command.name} `);
    else if (event.key === 'Enter' && command && !event.shiftKey) run(command);
    else return false;
    event.preventDefault();
    return true;
  }
  return function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (palette.isOpen && onPaletteKey(event)) return;
    if (event.key === 'Escape' && hasTarget) {
      event.preventDefault();
      dropTarget();
    } else if (event.key === 'ArrowUp' && isEmpty && !event.altKey) {
      event.preventDefault();
      editLast();
    } else if (event.key === 'Enter') {
      const sends = enter === 'send' ? !event.shiftKey : event.ctrlKey || event.metaKey;
      if (!sends) return;
      event.preventDefault();
      send();
    }
  };
}
