import type { ChatKey } from '../../../queries/chat-key.ts';

/** A file that waits for a word of the person. */
export interface HeldFile {
  id: number;
  file: File;
}

export interface Upload extends HeldFile {
  caption: string;
  /** The same for each try of it: the answer to one that arrived may have been lost. */
  key: string;
  /** From 0 to 1. */
  share: number;
  problem: Error | undefined;
}

/** How a file gets there. */
export type SendUpload = (
  chat: ChatKey,
  upload: Pick<Upload, 'file' | 'caption' | 'key'>,
  way: { onProgress: (share: number) => void; signal: AbortSignal },
) => Promise<void>;

interface StoreDeps {
  send: SendUpload;
  newKey: () => string;
  /** One could not go, and nobody looks at its conversation. */
  onUnseen: (error: Error) => void;
}

const NONE: readonly Upload[] = [];
const NONE_HELD: readonly HeldFile[] = [];
const nameOf = ({ account, jid }: ChatKey) => `${account} ${jid}`;

/** Files on their way, by conversation. They go on while somebody looks at another one. */
export function uploadStore({ send, newKey, onUnseen }: StoreDeps) {
  const lists = new Map<string, readonly Upload[]>();
  const held = new Map<string, readonly HeldFile[]>();
  const ends = new Map<number, AbortController>();
  const listeners = new Map<string, Set<() => void>>();
  let number = 0;

  const listOf = (chat: ChatKey) => lists.get(nameOf(chat)) ?? NONE;
  function set(chat: ChatKey, list: readonly Upload[]): void {
    if (list.length === 0) lists.delete(nameOf(chat));
    else lists.set(nameOf(chat), list);
    tell(chat);
  }
  function tell(chat: ChatKey): void {
    for (const listener of listeners.get(nameOf(chat)) ?? []) listener();
  }
  const heldIn = (chat: ChatKey) => held.get(nameOf(chat)) ?? NONE_HELD;
  function hold(chat: ChatKey, files: readonly HeldFile[]): void {
    if (files.length === 0) held.delete(nameOf(chat));
    else held.set(nameOf(chat), files);
    tell(chat);
  }
  const change = (chat: ChatKey, id: number, news: Partial<Upload>) =>
    set(
      chat,
      listOf(chat).map((one) => (one.id === id ? { ...one, ...news } : one)),
    );
  const drop = (chat: ChatKey, id: number) =>
    set(
      chat,
      listOf(chat).filter((one) => one.id !== id),
    );

  async function start(chat: ChatKey, upload: Upload, onSent: () => void): Promise<void> {
    const { id } = upload;
    const life = new AbortController();
    ends.set(id, life);
    try {
      const onProgress = (share: number) => change(chat, id, { share });
      await send(chat, upload, { onProgress, signal: life.signal });
      drop(chat, id);
      onSent();
    } catch (error) {
      if (life.signal.aborted) return;
      change(chat, id, { problem: error as Error });
      if (!listeners.get(nameOf(chat))?.size) onUnseen(error as Error);
    } finally {
      ends.delete(id);
    }
  }

  return {
    listOf,
    heldIn,
    /** They wait until somebody has looked at them; also while another conversation is shown. */
    hold(chat: ChatKey, files: readonly File[]): void {
      const made = files.map((file) => {
        number += 1;
        return { id: number, file };
      });
      hold(chat, [...heldIn(chat), ...made]);
    },
    dropHeld: (chat: ChatKey, id: number): void =>
      hold(
        chat,
        heldIn(chat).filter((one) => one.id !== id),
      ),
    /** Takes all that wait there. */
    takeHeld(chat: ChatKey): File[] {
      const files = heldIn(chat).map(({ file }) => file);
      hold(chat, []);
      return files;
    },
    subscribe(chat: ChatKey, listener: () => void): () => void {
      const known = listeners.get(nameOf(chat)) ?? new Set();
      listeners.set(nameOf(chat), known.add(listener));
      return () => void known.delete(listener);
    },
    /** What was typed with them belongs to the first. */
    add(chat: ChatKey, files: readonly File[], caption: string, onSent: () => void): void {
      const made = files.map((file, index): Upload => {
        number += 1;
        const said = index === 0 ? caption : '';
        return { id: number, file, caption: said, key: newKey(), share: 0, problem: undefined };
      });
      set(chat, [...listOf(chat), ...made]);
      for (const upload of made) void start(chat, upload, onSent);
    },
    /** Ends it, or takes it off the list; with what was typed with it. */
    cancel(chat: ChatKey, id: number): string {
      const upload = listOf(chat).find((one) => one.id === id);
      ends.get(id)?.abort();
      drop(chat, id);
      return upload?.caption ?? '';
    },
    again(chat: ChatKey, id: number, onSent: () => void): void {
      const upload = listOf(chat).find((one) => one.id === id);
      if (!upload?.problem) return;
      change(chat, id, { problem: undefined, share: 0 });
      void start(chat, upload, onSent);
    },
  };
}
export type UploadStore = ReturnType<typeof uploadStore>;
