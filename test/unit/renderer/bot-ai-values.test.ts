import { describe, expect, it } from 'vitest';
import { addressOf, keptOf, originOf } from '../../../src-renderer/views/bots/ai/providers.ts';
import { everyDay } from '../../../src-renderer/views/bots/ai/usage-days.ts';
import {
  draftOf,
  realChanges,
  savedValues,
  settingsIn,
  withProvider,
} from '../../../src-renderer/views/bots/ai/values.ts';
import type { BotAi } from '../../../src-shared/api/ai.ts';
import type { Setting } from '../../../src-shared/client/types.ts';

const ai: BotAi = {
  enabled: true,
  configured: true,
  provider: 'groq',
  model: 'llama',
  base_url: 'https://api.groq.com/openai/v1',
  has_own_base_url: false,
  key: 'gsk_…1234',
  kept: [
    { provider: 'claude', model: 'sonnet', key: 'sk-…9', base_url: 'https://api.anthropic.com/v1' },
    { provider: 'compatible', model: 'own', key: null, base_url: 'http://localhost:8080/v1' },
  ],
  header_names: [],
  system: 'Be kind.',
  is_usual_system: false,
  people: 0,
  waiting: 0,
};
const settings = [
  { key: 'ai_per_day', value: 500 },
  { key: 'ai_streaming', value: false },
] as Setting[];
const saved = savedValues(ai, settings);

describe('what is not saved of the AI of a bot', () => {
  it('is what differs from what is saved, and no more', () => {
    const typed = { model: 'llama', system: 'Be brief.', ai_per_day: 500, ai_streaming: true };

    expect(realChanges(typed, saved, false)).toEqual({ system: 'Be brief.', ai_streaming: true });
    expect(settingsIn({ system: 'Be brief.', ai_streaming: false })).toEqual({ ai_streaming: false });
  });

  it('has no headers as long as none has a name, unless there are some to take away', () => {
    const lines = [{ id: 1, name: ' ', value: '' }];

    expect(realChanges({ headers: lines }, saved, false)).toEqual({});
    expect(realChanges({ headers: [] }, saved, true)).toEqual({ headers: [] });
    const named = [{ id: 1, name: ' X-Team ', value: ' a ' }, ...lines];
    expect(draftOf({ headers: named }, saved)).toEqual({ headers: { 'X-Team': 'a' } });
  });

  it('takes over what is kept of another provider, and not the key that was typed for the one before', () => {
    const changes = withProvider({ key: 'gsk_typed', system: 'Be brief.' }, ai, 'claude');

    expect(changes).toEqual({ provider: 'claude', model: 'sonnet', baseUrl: '', system: 'Be brief.' });
    expect(draftOf(changes, { ...saved, ...changes })).toEqual({
      provider: 'claude',
      model: 'sonnet',
      base_url: '',
      system: 'Be brief.',
    });
    expect(realChanges(withProvider(changes, ai, 'groq'), saved, false)).toEqual({ system: 'Be brief.' });
  });

  it('goes out without an empty model, and with a key only where one was typed', () => {
    const changes = withProvider({}, ai, 'openai');

    expect(draftOf(changes, { ...saved, ...changes })).toEqual({ provider: 'openai', base_url: '' });
    expect(draftOf({ key: ' sk-new ' }, saved)).toEqual({ key: 'sk-new' });
    expect(draftOf({ key: '' }, saved)).toEqual({});
  });
});

describe('the address of a provider', () => {
  it('is the usual one where none of its own is kept', () => {
    expect(keptOf(ai, 'groq')).toMatchObject({ baseUrl: '', key: 'gsk_…1234' });
    expect(keptOf(ai, 'claude')).toMatchObject({ baseUrl: '' });
    expect(keptOf(ai, 'compatible')).toMatchObject({ baseUrl: 'http://localhost:8080/v1', key: null });
    expect(keptOf(ai, 'openai')).toBeUndefined();
    expect(addressOf('groq', ' ')).toBe('https://api.groq.com/openai/v1');
    expect(addressOf('compatible', '')).toBe('');
  });

  it('has an origin once it is one', () => {
    expect(originOf('https://ai.example.org:8443/v1')).toBe('https://ai.example.org:8443');
    expect(originOf('https//ai')).toBeUndefined();
  });
});

describe('the days of a chart', () => {
  const day = (name: string, calls: number) => ({
    day: name,
    calls,
    answers: calls,
    failed: 0,
    tokens: { input: calls, output: 0 },
  });

  it('are thirty, also those without a question, over the end of a month', () => {
    const days = everyDay([day('2026-02-27', 3)], new Date('2026-03-02T10:00:00'));

    expect(days).toHaveLength(30);
    expect(days.slice(-4).map(({ day: name, calls }) => [name, calls])).toEqual([
      ['2026-02-27', 3],
      ['2026-02-28', 0],
      ['2026-03-01', 0],
      ['2026-03-02', 0],
    ]);
  });

  it('end where the engine is, whose day may be ahead', () => {
    const days = everyDay([day('2026-03-03', 1)], new Date('2026-03-02T23:50:00'));

    expect(days.at(-1)).toMatchObject({ day: '2026-03-03', calls: 1 });
    expect(days[0]?.day).toBe('2026-02-02');
  });
});
