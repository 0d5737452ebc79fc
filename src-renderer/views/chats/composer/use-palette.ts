import { useState } from 'react';
import type { ChatCommand } from '../../../queries/chat-commands.ts';
import { fitting, nearest } from './match.ts';

const ORDER = { bot: 0, menu: 1, chat: 2 } as const;

/** The commands that fit what stands in the field, as long as its first word is typed. */
export function usePalette(text: string, commands: readonly ChatCommand[]) {
  // With another letter the best is chosen anew.
  const [choice, setChoice] = useState({ text: '', index: 0 });
  const [closedFor, setClosedFor] = useState<string>();
  const typed = /^\/(\S*)$/.exec(text)?.[1];
  const isOpen = typed !== undefined && commands.length > 0 && closedFor !== text;
  const list =
    typed === undefined
      ? []
      : typed === ''
        ? [...commands].sort((a, b) => ORDER[a.group] - ORDER[b.group])
        : fitting(commands, typed);
  const suggestion = list.length === 0 && typed !== undefined ? nearest(commands, typed) : undefined;
  const shown = list.length > 0 ? list : suggestion ? [suggestion] : [];
  const chosen = choice.text === text ? choice.index : 0;
  return {
    isOpen,
    typed: typed ?? '',
    list,
    suggestion,
    shown,
    chosen: Math.min(chosen, Math.max(0, shown.length - 1)),
    setChosen: (index: number) => setChoice({ text, index }),
    close: () => setClosedFor(text),
  };
}
export type PaletteState = ReturnType<typeof usePalette>;
