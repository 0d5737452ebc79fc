import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atEndOfSuite } from '../../support/at-end.ts';
import { openBrowser } from '../../support/browser.ts';
import { openPanel, type Panel, setWindow } from '../../support/panel.ts';
import { asideOf, axeFaults, cutTexts } from '../../support/panel-faults.ts';
import { type Language, TEXTS } from '../../support/screens/screen.ts';
import { SCREENS } from '../../support/screens/screens.ts';
import { type ScreenStage, screenStage } from '../../support/screens/stage.ts';
import { lacks } from '../../support/servers/ready.ts';

const timeout = 240_000;
/**
 * Where nothing may be cut, and nothing lie aside: the smallest window with everything in it, the narrowest of the app, and a
 * browser on a telephone.
 */
const SIZES = [
  { width: 1_024, height: 700 },
  { width: 720, height: 900 },
  { width: 400, height: 800 },
];

describe.skipIf(lacks('server', 'browser'))('every screen', { timeout }, () => {
  const atEnd = atEndOfSuite();
  let browser: Browser;
  let stage: ScreenStage;
  beforeAll(async () => {
    stage = await screenStage(atEnd);
    browser = await openBrowser();
    atEnd(() => browser.close());
  }, timeout);

  describe.each(Object.keys(TEXTS) as Language[])('in %s', (language) => {
    const text = TEXTS[language] as (typeof TEXTS)['en'];
    let panels: { full: Panel; empty: Panel };
    beforeAll(async () => {
      const open = async (engine: ScreenStage['engine']) => {
        const panel = await openPanel(browser, engine, { ...SIZES[0], atEnd });
        await setWindow(engine, panel.page, { language, theme: 'auto' });
        return panel;
      };
      panels = { full: await open(stage.engine), empty: await open(stage.empty) };
    }, timeout);
    afterAll(async () => {
      for (const panel of Object.values(panels)) await panel.page.context().close();
    });

    it.each(SCREENS)(
      '$name keeps nobody out, light or dark, cuts no text, and has all in reach',
      async (screen) => {
        const { page, go, complaints } = screen.isEmpty ? panels.empty : panels.full;
        const way = { page, text, stage };
        await page.setViewportSize(SIZES[0] ?? { width: 0, height: 0 });
        await go(screen.path(stage));
        await screen.show(way);

        const faults: Record<string, string[]> = {};
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          faults[colorScheme] = await axeFaults(page, { onlyColours: colorScheme === 'dark' });
        }
        for (const size of SIZES) {
          await page.setViewportSize(size);
          faults[`cut at ${size.width}`] = await cutTexts(page);
          faults[`aside at ${size.width}`] = await asideOf(page);
        }
        await page.setViewportSize(SIZES[0] ?? { width: 0, height: 0 });
        await screen.close?.(way);

        expect(Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0))).toEqual(
          {},
        );
        expect(complaints.splice(0)).toEqual([]);
      },
    );
  });
});
