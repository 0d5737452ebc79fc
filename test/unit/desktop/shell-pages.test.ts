import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { Scope } from '../../../src-main/base/scope.ts';
import type { EngineState } from '../../../src-main/desktop/engine/engine-supervisor.ts';
import { shellPages } from '../../../src-main/desktop/pages/shell-pages.ts';
import { textIn } from '../../../src-main/desktop/text/text.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const READY = { name: 'ready', apiUrl: 'http://a', privateUrl: 'http://p', privateToken: 't' } as const;

/** The pages of a window that only notes what it is to show. */
function pagesOf(language: 'en' | 'de' = 'en') {
  const clock = new ManualClock();
  const shown: string[] = [];
  const window = {
    showPage: (url: string) =>
      void shown.push(/<h1>.*<\/i>(.*)<\/h1>/.exec(decodeURIComponent(url))?.[1] ?? ''),
    showEngine: () => void shown.push('engine'),
    loseEngine: () => undefined,
  };
  const pages = shellPages({
    window: () => window as never,
    engine: { state: () => READY, launch: () => undefined },
    keys: { status: () => ({ name: 'Keyring' }) } as never,
    text: { language: () => language, words: () => textIn(language) },
    clock,
    scope: new Scope(),
    logger: silentLogger,
    showLogs: () => undefined,
    quit: () => undefined,
  });
  return { clock, shown, show: (state: EngineState) => pages.show(state) };
}

describe('what the window shows of the engine', () => {
  it('is nothing of a quick start', () => {
    const { clock, shown, show } = pagesOf();

    show({ name: 'starting' });
    clock.advance(2_000);
    show(READY);
    clock.advance(60_000);

    expect(shown).toEqual(['engine']);
  });

  it('is that a slow start goes on', () => {
    const { clock, shown, show } = pagesOf('de');

    show({ name: 'starting' });
    clock.advance(3_000);
    show(READY);

    expect(shown).toEqual(['Botmother startet', 'engine']);
  });

  it('is why the last one ended, until the next one is there', () => {
    const { clock, shown, show } = pagesOf();
    show(READY);

    show({ name: 'restarting', reason: { kind: 'code', code: 1 }, delayMs: 500, failures: 1 });
    clock.advance(500);
    show({ name: 'starting' });
    clock.advance(10_000);

    expect(shown).toEqual(['engine', 'The engine starts again']);
  });
});
