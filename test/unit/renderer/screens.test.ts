import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paths } from '../../../src-renderer/paths.ts';
import { en } from '../../../src-renderer/text/en.ts';
import { PAGES } from '../../../src-renderer/views/settings/pages.ts';
import { SCREENS } from '../../support/screens/screens.ts';
import type { ScreenStage } from '../../support/screens/stage.ts';

const stage = {
  me: 'you@localhost',
  lena: 'lena@localhost',
  noor: 'noor@localhost',
  room: 'room@conference.localhost',
  bots: {
    weather: { id: 1 },
    herald: { id: 2, jid: 'herald@localhost' },
    nightWatch: { id: 3 },
    backup: { id: 4 },
  },
} as ScreenStage;
const shown = SCREENS.map(({ path }) => path(stage).split('?')[0]);

const source = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../../src-renderer', name), 'utf8');
/** The places of the rail, as the program has them. */
const places = [...source('places.ts').matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path);
/** The routes of the window, likewise. */
const routes = [...source('app.tsx').matchAll(/<Route component=\{\w+\} path="([^"]+)"/g)].map(
  ([, route = '']) => new RegExp(`^${route.replace(/\/:\w+\?/g, '(/[^/]+)?').replace(/\/:\w+/g, '/[^/]+')}$`),
);

describe('the screens that are looked at', () => {
  it('have names of their own', () => {
    const names = SCREENS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are at every route, and one is where there is none', () => {
    expect(routes.length).toBeGreaterThan(4);
    for (const route of routes) expect(shown.some((path) => route.test(path ?? ''))).toBe(true);
    expect(shown.filter((path) => !routes.some((route) => route.test(path ?? '')))).toEqual(['/nowhere']);
  });

  it('are at every place of the rail', () => {
    expect(places.length).toBeGreaterThan(3);
    for (const path of places)
      expect(shown.some((one) => one === path || one?.startsWith(`${path}/`))).toBe(true);
  });

  it('are at every page of the settings and every tab of a bot', () => {
    const pages = PAGES.map(({ name }) => paths.settings(name));
    const tabs = Object.keys(en.bots.tabs.names).map((tab) => new RegExp(`^/bots/\\d+/${tab}$`));
    expect(pages.filter((path) => !shown.includes(path))).toEqual([]);
    expect(tabs.filter((tab) => !shown.some((path) => tab.test(path ?? '')))).toEqual([]);
    expect(shown).toContain(paths.newBot);
    expect(shown).toContain(paths.welcome);
  });
});
