import { afterAll } from 'vitest';
import type { AtEnd } from './test-folder.ts';

/** To be called in `describe`: closes, after its tests, what they or `beforeAll` opened; the last one first. */
export function atEndOfSuite(): AtEnd {
  const closes: Parameters<AtEnd>[0][] = [];
  afterAll(async () => {
    for (const close of closes.reverse()) await close();
  });
  return (close) => void closes.push(close);
}
