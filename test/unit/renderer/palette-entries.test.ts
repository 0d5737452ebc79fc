import { describe, expect, it } from 'vitest';
import { entriesOf, found } from '../../../src-renderer/shell/palette-entries.ts';
import { de } from '../../../src-renderer/text/de.ts';
import { en } from '../../../src-renderer/text/en.ts';
import { settingKeys } from '../../../src-shared/api/settings.ts';
import type { GetBotsAnswer } from '../../../src-shared/client/window.ts';

const bot = { id: 7, name: 'Weather', mode: 'personal', jid: 'you@server.example' } as GetBotsAnswer[number];
const chats = [{ account: 'you@server.example', jid: 'ann@server.example', name: 'Ann' }];
const places = [{ name: 'bots', path: '/bots', keys: 'mod+2' }] as const;
const inLanguage = (language: 'en' | 'de') =>
  entriesOf({ text: language === 'de' ? de : en, language, bots: [bot], chats, places });
const labels = (typed: string, language: 'en' | 'de' = 'en') =>
  found(inLanguage(language), typed).map(({ label }) => label);

describe('the palette', () => {
  it('leads to chats, bots, places, every page and every setting', () => {
    const ids = inLanguage('en').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const key of settingKeys) expect(ids).toContain(`setting ${key}`);
    expect(found(inLanguage('en'), 'ann')[0]).toMatchObject({
      group: 'chats',
      go: { path: '/chats/you%40server.example/ann%40server.example' },
    });
    expect(found(inLanguage('en'), 'weather')[0]).toMatchObject({ go: { path: '/bots/7' } });
  });

  it('finds by every word that was typed, what begins so first', () => {
    expect(labels('port')[0]).toBe('Port');
    expect(labels('theme dark')).toEqual(['Dark theme']);
    expect(labels('rate_limit_ip')).toEqual(['Requests a second, per address']);
    expect(labels('nothing like this')).toEqual([]);
    expect(labels('neuer', 'de')).toContain('Neuer Bot');
  });

  it('shows no single settings and tabs before something is typed', () => {
    expect(found(inLanguage('en'), '  ').some(({ id }) => /^(setting|tab) /.test(id))).toBe(false);
  });

  it('leads to the AI of a bot, by its word in either language', () => {
    for (const typed of ['ai weather', 'weather ki'])
      expect(found(inLanguage('en'), typed)).toMatchObject([{ go: { path: '/bots/7/ai' } }]);
  });
});
