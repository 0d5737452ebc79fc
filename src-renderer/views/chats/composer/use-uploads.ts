import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { type ChatKey, placeMessage } from '../../../queries/chats.ts';
import { sendFile } from '../../../queries/files.ts';
import { newKey } from '../../../queries/new-key.ts';
import { useLanguage } from '../../../text/use-text.ts';
import { toastProblem } from '../../../ui/toasts.tsx';
import { type HeldFile, type Upload, type UploadStore, uploadStore } from './upload-store.ts';

export interface Uploads {
  list: readonly Upload[];
  add: (files: readonly File[], caption?: string) => void;
  /** Ends it, or takes it off the list; with what was typed with it. */
  cancel: (id: number) => string;
  again: (id: number) => void;
  /** What was pasted, and goes when somebody says so. */
  held: readonly HeldFile[];
  hold: (files: readonly File[]) => void;
  dropHeld: (id: number) => void;
  takeHeld: () => File[];
}

/** One for the whole page: files go on while another conversation is shown. */
let store: UploadStore | undefined;
let language = 'en';
const storeOf = (client: QueryClient): UploadStore => {
  store ??= uploadStore({
    send: async (chat, { file, caption, key }, way) =>
      placeMessage(client, await sendFile(chat, { file, caption, key, language, ...way })),
    newKey,
    onUnseen: toastProblem,
  });
  return store;
};

/** Files on their way into a conversation. */
export function useUploads(chat: ChatKey, onSent: () => void): Uploads {
  const uploads = storeOf(useQueryClient());
  language = useLanguage();
  const subscribe = useCallback((listener: () => void) => uploads.subscribe(chat, listener), [uploads, chat]);
  const list = useSyncExternalStore(subscribe, () => uploads.listOf(chat));
  const held = useSyncExternalStore(subscribe, () => uploads.heldIn(chat));
  return {
    list,
    held,
    hold: (files) => uploads.hold(chat, files),
    dropHeld: (id) => uploads.dropHeld(chat, id),
    takeHeld: () => uploads.takeHeld(chat),
    add: (files, caption = '') => uploads.add(chat, files, caption, onSent),
    cancel: (id) => uploads.cancel(chat, id),
    again: (id) => uploads.again(chat, id, onSent),
  };
}
