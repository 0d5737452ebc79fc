import { createContext, useContext } from 'react';
import type { Chat, ChatMessage } from '../../../src-shared/client/types.ts';
import type { AccountStatusLike } from './account-like.ts';

/** What can be done in the conversation that is open. */
export interface OpenChat {
  chat: Chat;
  account: AccountStatusLike | undefined;
  /**
   * Sends a text. Resolves with whether it was taken; what is in its way is said beside the field. `key`: the same when it is
   * tried again.
   */
  say: (text: string, key?: string) => Promise<boolean>;
  /** Puts a text into the field instead. */
  fill: (text: string) => void;
  /** A command that somebody has clicked on: sent, or put into the field where it needs more, or where that is wished. */
  runCommand: (text: string, wishesField: boolean) => void;
  reply: (message: ChatMessage) => void;
  edit: (message: ChatMessage) => void;
  react: (message: ChatMessage, emoji: string) => void;
  retract: (message: ChatMessage) => void;
  retry: (message: ChatMessage) => void;
  jumpTo: (id: number) => void;
  openPanel: (which: 'encryption' | 'info') => void;
  nameOf: (message: ChatMessage) => string;
}

const Context = createContext<OpenChat | undefined>(undefined);
export const OpenChatProvider = Context.Provider;
export function useOpenChat(): OpenChat {
  const open = useContext(Context);
  if (!open) throw new Error('no conversation is open here');
  return open;
}
