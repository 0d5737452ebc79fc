import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { EngineProcess } from './engine-process.ts';
import { signedIn } from './signed-in.ts';
import type { AtEnd } from './test-folder.ts';
import { until } from './until.ts';

export interface Panel {
  page: Page;
  /** What the page did wrong by itself. */
  complaints: string[];
  /** Goes to a place of the window, as a link in it does: the page is not loaded anew. */
  go(path: string): Promise<void>;
  /** The same, and waits for its heading. */
  goTo(path: string, heading: string): Promise<void>;
}

interface PanelOptions extends BrowserContextOptions {
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  atEnd?: AtEnd;
}

/** The panel of an engine, signed in, in a browser profile of its own. */
export async function openPanel(
  browser: Browser,
  engine: EngineProcess,
  { width = 1_280, height = 800, scheme = 'light', atEnd = onTestFinished, ...more }: PanelOptions = {},
): Promise<Panel> {
  const { stdout, stderr, status } = await engine.cli(['panel']);
  if (status !== 0) throw new Error(stderr);
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    ...more,
  });
  atEnd(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // What the engine refuses is said there too; only what the page itself does wrong counts.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  await page.goto(stdout.trim());
  await signedIn(page);
  await page.locator('#rail').waitFor();
  const go = async (path: string) => {
    const address = JSON.stringify(`/app${path}`);
    await page.evaluate(
      `history.pushState(null, '', ${address}); dispatchEvent(new PopStateEvent('popstate'));`,
    );
  };
  return {
    page,
    complaints,
    go,
    async goTo(path, heading) {
      await go(path);
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    },
  };
}

/** Chooses language and look, and waits until the page follows. */
export async function setWindow(
  engine: EngineProcess,
  page: Page,
  { language, theme }: { language: 'en' | 'de'; theme: 'light' | 'dark' | 'auto' },
): Promise<void> {
  await engine.cli(['settings', 'set', 'window_language', language]);
  await engine.cli(['settings', 'set', 'window_theme', theme]);
  await until('language and theme', () =>
    page.evaluate<boolean>(
      `document.documentElement.lang === '${language}' && ${
        theme === 'auto' || `document.documentElement.dataset.mantineColorScheme === '${theme}'`
      }`,
    ),
  );
}
