import { existsSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { DesktopWindow } from './desktop-window.ts';
import { until } from './until.ts';

/** Drops a file of the disk on the conversation, as the system's own drag does: with its path, and none of its bytes. */
export async function dropFile(page: Page, path: string): Promise<void> {
  const box = await page.getByRole('log').boundingBox();
  if (!box) throw new Error('No conversation is open.');
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  const session = await page.context().newCDPSession(page);
  try {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, ...place, data });
  } finally {
    await session.detach();
  }
}

/** The newest picture of the conversation, or that of a name, once it is drawn. */
export async function pictureIn(page: Page, name = ''): Promise<{ name: string; size: number[] }> {
  const button = page
    .getByRole('log')
    .getByRole('button', { name: `Enlarge ${name}` })
    .last();
  const size = await until(
    'a picture',
    async () => {
      const drawn = await button
        .locator('img')
        .evaluate((picture) => {
          const { naturalWidth, naturalHeight } = picture as unknown as Record<string, number>;
          return [naturalWidth ?? 0, naturalHeight ?? 0];
        })
        .catch(() => [0]);
      return drawn.every((length) => length > 0) ? drawn : undefined;
    },
    30_000,
  );
  const label = (await button.getAttribute('aria-label')) ?? '';
  return { name: label.slice('Enlarge '.length), size };
}

/** Saves a file by a click on what `save` does, at the place that the person chooses in the dialog. */
export async function savedTo(
  { app }: DesktopWindow,
  path: string,
  save: () => Promise<unknown>,
): Promise<Buffer> {
  await app.evaluate(({ BrowserWindow }, place) => {
    const { session } = BrowserWindow.getAllWindows()[0]?.webContents ?? {};
    // The dialog is the system's; what is chosen in it is said here.
    session?.once('will-download', (_, item) => item.setSavePath(place));
  }, path);
  await save();
  const size = () => (existsSync(path) ? readFileSync(path).length : 0);
  await until('the file', () => size() > 0);
  return readFileSync(path);
}
