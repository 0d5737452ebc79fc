import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import type { EngineProcess } from '../../support/engine-process.ts';
import { openPanel } from '../../support/panel.ts';
import { panelTests } from '../../support/panel-tests.ts';
import { lacks } from '../../support/servers/ready.ts';

/** Nothing else is announced here that would have the page ask again: the account is switched off. */
describe.skipIf(lacks('browser'))('what changes while the page begins', { timeout: 90_000 }, () => {
  const { browser, withBot } = panelTests();

  async function stage() {
    const engine = await withBot();
    await engine.cli(['account', 'disable', 'you@localhost']);
    const panel = await openPanel(browser(), engine);
    await panel.goTo('/bots', 'Bots');
    return { engine, ...panel };
  }
  const row = (page: Page, name: string) => page.getByRole('row', { name });
  const makeAnother = (engine: EngineProcess) =>
    engine.call('POST', '/api/v1/bots', { body: { name: 'Another', account: 'you@localhost' } });

  it('is shown, also where the announcements come long after the answers', async () => {
    const { engine, page } = await stage();
    const later = Promise.withResolvers<void>();
    await page.route('**/api/v1/events', async (route) => {
      await later.promise;
      await route.continue();
    });
    await page.reload();
    await row(page, 'Weather').waitFor();

    await makeAnother(engine);
    later.resolve();

    await row(page, 'Another').waitFor();
  });

  it('is shown, also where it is announced before an answer came that does not know it', async () => {
    const { engine, page } = await stage();
    const asked = Promise.withResolvers<void>();
    const later = Promise.withResolvers<void>();
    await page.route('**/api/v1/bots', async (route) => {
      const response = await route.fetch();
      asked.resolve();
      await later.promise;
      await route.fulfill({ response });
    });
    await page.reload();
    await asked.promise;

    await makeAnother(engine);
    // It is told at once of a change that has nothing to do with bots, after the one that has.
    await engine.cli(['settings', 'set', 'window_language', 'de']);
    await page.locator('html[lang=de]').waitFor();
    later.resolve();

    await row(page, 'Another').waitFor();
  });
});
