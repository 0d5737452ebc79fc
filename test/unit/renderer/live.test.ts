import { describe, expect, it, vi } from 'vitest';
import { TOLD } from '../../../src-main/http/event-stream.ts';
import { gathered } from '../../../src-renderer/live/gathered.ts';
import { STALE, staleKeys } from '../../../src-renderer/live/stale.ts';
import { SILENT_MS, watched } from '../../../src-renderer/live/watched.ts';
import { de } from '../../../src-renderer/text/de.ts';
import { en } from '../../../src-renderer/text/en.ts';
import { worstOf } from '../../../src-renderer/views/health/worst.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';

const names = Object.keys(STALE) as (keyof EngineEvents)[];
const keysOf = (name: keyof EngineEvents) => staleKeys(name, { botId: 1 } as never);

describe('what the window asks for again', () => {
  it('is told of by the engine', () => {
    const unheard = names.filter((name) => keysOf(name).length > 0 && TOLD[name] === 'never');

    expect(unheard).toEqual([]);
  });

  it('includes the health page for all that its report looks at and that is announced', () => {
    const looked = /^(account|bot|omemo|room|webhook|setting)\./;

    const forgotten = names.filter(
      (name) =>
        looked.test(name) && TOLD[name] !== 'never' && !keysOf(name).some(([first]) => first === 'health'),
    );

    expect(forgotten).toEqual([]);
  });

  it('is asked for at once, then together, and never missed', () => {
    vi.useFakeTimers();
    try {
      const asked: unknown[] = [];
      const ask = gathered((key) => asked.push(key.join(' ')));

      ask([['bots'], ['bot', 1]]);
      expect(asked).toEqual(['bots', 'bot 1']);
      for (let time = 0; time < 50; time += 1) ask([['bots']]);
      ask([['health']]);
      expect(asked).toHaveLength(2);

      vi.runAllTimers();
      expect(asked.slice(2)).toEqual(['bots', 'health']);
      ask([['rooms']]);
      expect(asked.at(-1)).toBe('rooms');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the worst of all there is', () => {
  const well = {
    version: '1',
    api_url: '',
    api_problem: null,
    api_mode: 'local' as const,
    api_certificate: null,
    bots_enabled: true,
    accounts: [{ jid: 'you@x.example', state: 'online' as const, reason: null, bots: 1 }],
    bots: [],
  };

  it('knows of bots that need somebody', () => {
    expect(worstOf(well, [{ dot: 'on', needsPerson: false }])).toBe('on');
    expect(worstOf(well, [{ dot: 'waiting', needsPerson: true }])).toBe('waiting');
    expect(worstOf(well, [{ dot: 'failed', needsPerson: true }])).toBe('failed');
    expect(worstOf({ ...well, bots_enabled: false }, [])).toBe('waiting');
  });
});

describe('a stream of announcements', () => {
  it('is given up when not even a sign of life came, and not before', async () => {
    vi.useFakeTimers();
    try {
      let say: (text: string) => void = () => undefined;
      let silences = 0;
      const source = new ReadableStream<Uint8Array>({
        start(controller) {
          say = (text) => controller.enqueue(new TextEncoder().encode(text));
        },
      });
      const reader = watched(source, () => {
        silences += 1;
      }).getReader();
      const heard: string[] = [];
      void (async () => {
        for (let part = await reader.read(); !part.done; part = await reader.read())
          heard.push(new TextDecoder().decode(part.value));
      })();

      for (let beat = 0; beat < 10; beat += 1) {
        await vi.advanceTimersByTimeAsync(25_000);
        say(': still here\n\n');
      }
      await vi.advanceTimersByTimeAsync(0);
      expect(heard).toHaveLength(10);
      expect(silences).toBe(0);

      await vi.advanceTimersByTimeAsync(SILENT_MS);
      expect(silences).toBe(1);
      await reader.cancel();
      await vi.advanceTimersByTimeAsync(SILENT_MS * 2);
      expect(silences).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a number of things', () => {
  it('is written as the language writes numbers', () => {
    expect(en.common.updates(12_500)).toBe('12,500 updates');
    expect(de.common.updates(12_500)).toBe('12.500 Updates');
    expect(de.common.updates(1)).toBe('1 Update');
  });
});
