import type { Notification, NotificationConstructorOptions } from 'electron';
import type { DesktopNote } from '../../src-shared/desktop-bridge.ts';

interface NotificationDeps {
  create: (options: NotificationConstructorOptions) => Pick<Notification, 'on' | 'show' | 'close'>;
  isSupported: () => boolean;
  areWanted: () => boolean;
  /** What is said, as the system is to be given it. */
  textFor: (words: string) => Promise<string>;
  icon: string;
  onClick: (route: string | undefined) => void;
}

/** So many are kept, to be closed when a newer one takes their place. */
const KEPT = 50;

/** Notifications of the system. */
export function notifications({ create, isSupported, areWanted, textFor, icon, onClick }: NotificationDeps) {
  type Shown = ReturnType<typeof create>;
  // An object that nobody holds could be collected, and its click would lead nowhere.
  const shown = new Map<string, Shown>();
  let count = 0;
  /** One after the other: of those with one tag, the newest is to stay. */
  let last: Promise<unknown> = Promise.resolve();

  function showNow({ title, body, route, tag, isSilent }: DesktopNote): void {
    count += 1;
    const key = tag ?? `untagged ${count}`;
    const note = create({ title, body, icon, silent: isSilent ?? false });
    const forget = () => {
      if (shown.get(key) === note) shown.delete(key);
    };
    note.on('click', () => {
      forget();
      onClick(route);
    });
    note.on('close', forget);
    shown.get(key)?.close();
    shown.set(key, note);
    const [oldest] = shown.keys();
    if (shown.size > KEPT && oldest !== undefined) shown.delete(oldest);
    note.show();
  }

  return {
    isSupported,
    /** False: nothing was shown. */
    show(note: DesktopNote): Promise<boolean> {
      const showing = last.then(async () => {
        if (!areWanted() || !isSupported()) return false;
        showNow({ ...note, body: await textFor(note.body) });
        return true;
      });
      last = showing.catch(() => undefined);
      return showing;
    },
    /** Takes away what is still shown. */
    clear(): void {
      for (const note of shown.values()) note.close();
      shown.clear();
    },
  };
}
