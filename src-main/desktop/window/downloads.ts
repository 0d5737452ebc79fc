import { join } from 'node:path';
import type { Session } from 'electron';
import { originOf } from './places.ts';

/**
 * Files that the page gives: where they go is asked first. What the person has chosen a place for beforehand goes there
 * without a second question, once. Nothing comes from elsewhere.
 */
export function guardDownloads(
  pages: Session,
  { isEngine, folder }: { isEngine: (url: string) => boolean; folder: string },
) {
  /** Places by the name of the file. */
  const chosen = new Map<string, string>();
  pages.on('will-download', (event, item) => {
    const url = item.getURL();
    const [first = url] = item.getURLChain();
    // The origin of a blob is in its address, and is that of the page that made it.
    if (![url, first].every((address) => isEngine(originOf(address) ?? ''))) {
      event.preventDefault();
      return;
    }
    const name = item.getFilename();
    const path = chosen.get(name);
    chosen.delete(name);
    if (path !== undefined) item.setSavePath(path);
    else item.setSaveDialogOptions({ defaultPath: join(folder, name) });
  });
  return {
    /** The next download of that name goes to that place. */
    expect: (name: string, path: string) => void chosen.set(name, path),
  };
}
