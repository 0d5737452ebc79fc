import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { isPortFree } from '../../scripts/lib/ports.mjs';
import { stopEverything } from '../../scripts/lib/processes.mjs';
import { openBrowser } from '../support/browser.ts';
import { openPanel, type Panel, setWindow } from '../support/panel.ts';
import { type Language, TEXTS } from '../support/screens/screen.ts';
import { SCREENS } from '../support/screens/screens.ts';
import { screenStage } from '../support/screens/stage.ts';

/**
 * Pictures of every screen of the window, light and dark, on a real engine and a real server. Each step says what it does and
 * has its time; what does not come is told with its name, and the others are taken all the same.
 */
const { values } = parseArgs({
  options: {
    language: { type: 'string', default: 'en' },
    size: { type: 'string', default: '1280x800' },
    only: { type: 'string', default: '' },
  },
});
const ROOT = resolve(import.meta.dirname, '../..');
const LANGUAGES = Object.keys(TEXTS);
if (!LANGUAGES.includes(values.language))
  fail(`There is no language ${values.language}: ${LANGUAGES.join(', ')}.`);
const language = values.language as Language;
const [width = 0, height = 0] = values.size.split('x').map(Number);
if (!(width >= 320 && height >= 320)) fail(`${values.size} is no size: write it like 1280x800.`);
const wanted = SCREENS.filter(({ name }) => values.only === '' || values.only.split(',').includes(name));
if (wanted.length === 0)
  fail(`There is no screen ${values.only}: ${SCREENS.map(({ name }) => name).join(', ')}.`);

/** Only such pictures are in the documentation. */
const isAsDocumented = language === 'en' && values.size === '1280x800';

/** The whole of it; a machine with much else to do takes a quarter. */
const ENDS_WITHIN_MS = 15 * 60_000;
const STAGE_WITHIN_MS = 4 * 60_000;
const SCREEN_WITHIN_MS = 60_000;

const say = (words: string) => void process.stdout.write(`${words}\n`);
const complain = (words: string) => void process.stderr.write(`${words}\n`);
const closers: (() => unknown)[] = [];
const atEnd = (close: () => unknown) => void closers.push(close);
let status = 0;
try {
  await within(ENDS_WITHIN_MS, 'the pictures', takeAll());
} catch (error) {
  complain(`\n${error instanceof Error ? error.message : error}\n`);
  status = 1;
} finally {
  for (const close of closers.reverse())
    await within(20_000, 'the end of it', close()).catch(() => undefined);
  await stopEverything();
}
process.exit(status);

async function takeAll(): Promise<void> {
  let at = 'the stage';
  const stage = await within(
    STAGE_WITHIN_MS,
    () => `the stage: ${at}`,
    screenStage(atEnd, {
      port: await apiPort(),
      step: (what) => {
        at = what;
        say(`Preparing: ${what}`);
      },
    }),
  );
  const browser = await openBrowser({ fonts: join(import.meta.dirname, 'fonts.conf') });
  atEnd(() => browser.close());
  const open = async (engine: typeof stage.engine) => {
    const panel = await openPanel(browser, engine, { width, height, atEnd, deviceScaleFactor: 1 });
    await setWindow(engine, panel.page, { language, theme: 'auto' });
    return panel;
  };
  const panels = { full: await open(stage.engine), empty: await open(stage.empty) };
  const [all, shown] = [join(ROOT, 'pictures'), join(ROOT, 'docs', 'pictures')];
  mkdirSync(all, { recursive: true });

  const missing: string[] = [];
  for (const screen of wanted) {
    const panel = screen.isEmpty ? panels.empty : panels.full;
    const way = { page: panel.page, text: TEXTS[language] as (typeof TEXTS)['en'], stage };
    try {
      await within(SCREEN_WITHIN_MS, screen.name, take());
      say(`  ${screen.name}`);
    } catch (error) {
      missing.push(`${screen.name}: ${firstLines(error)}`);
      const instead = join(all, `failed-${screen.name}.png`);
      complain(`  ${screen.name}: not taken; ${instead} is what was there`);
      await panel.page.screenshot({ path: instead }).catch(() => undefined);
      await panel.page.reload();
    }

    async function take(): Promise<void> {
      const { name, path, show, close } = screen;
      const { page, go } = panel;
      await go(path(stage));
      await show(way);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        const bytes = await sharp(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
          .png({ palette: true, quality: 100, colours: 256, dither: 0, effort: 5 })
          .toBuffer();
        const file = `${name}-${colorScheme}.png`;
        writeFileSync(join(all, file), bytes);
        // Those that the documentation shows are there already.
        if (isAsDocumented && existsSync(join(shown, file))) writeFileSync(join(shown, file), bytes);
      }
      await close?.(way);
    }
  }
  if (missing.length > 0) throw new Error(`These are missing:\n${missing.join('\n')}`);
  say(`${wanted.length} screens, light and dark, are in ${all}.`);
}

/** Nothing is on its way any more: fonts, pictures, and what fades. */
async function settled(page: Panel['page']): Promise<void> {
  await page.evaluate(`Promise.all([
    document.fonts.ready,
    ...[...document.images].map((image) => image.complete || new Promise((done) => { image.onload = image.onerror = done; })),
    ...document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity).map((one) => one.finished.catch(() => undefined)),
  ]).then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))`);
}

/** The usual port where it is free: it stands in the pictures. */
async function apiPort(): Promise<number> {
  return (await isPortFree(7842)) ? 7842 : 0;
}

/** What it resolves with, or an error that names what took too long. */
async function within<T>(ms: number, what: string | (() => string), work: T | Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`${typeof what === 'string' ? what : what()} did not come within ${ms / 1_000} s.`));
  }, ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function firstLines(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 4).join('\n    ');
}

function fail(words: string): never {
  process.stderr.write(`\n${words}\n\n`);
  process.exit(2);
}
