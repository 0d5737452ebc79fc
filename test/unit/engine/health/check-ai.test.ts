import { describe, expect, it } from 'vitest';
import { observeAi } from '../../../../src-main/engine/health/check-ai.ts';
import { worded } from '../../../../src-main/engine/health/observation.ts';
import { AI_OUTCOMES, type AiOutcome } from '../../../../src-shared/api/ai.ts';

const bot = { id: 3, name: 'Weather', owner: 'you@localhost' } as unknown as Parameters<typeof observeAi>[0];
const setUp = { enabled: true, configured: true, provider: 'ollama', model: 'llama3' } as const;
const call = (outcome: AiOutcome, of: { provider?: 'groq'; model?: string } = {}) => ({
  provider: 'ollama' as const,
  model: 'llama3',
  outcome,
  ...of,
});
const codes = (...calls: Parameters<typeof observeAi>[2][number][]) =>
  observeAi(bot, setUp, calls).map(({ code }) => code);

describe('health, of the AI of a bot', () => {
  it('is what the newest question came to', () => {
    expect(codes(call('answered'), call('key'))).toEqual(['ai.answers']);
    expect(codes(call('key'), call('answered'))).toEqual(['ai.key']);
    expect(worded(observeAi(bot, setUp, [call('answered')])[0] as never, 'en')).toMatchObject({
      level: 'ok',
      title: 'The AI of bot Weather (ID: 3) answers: ollama, llama3',
      fix: null,
    });
  });

  it('says nothing of what is off, was never asked, or was set up otherwise', () => {
    expect(observeAi(bot, { ...setUp, enabled: false }, [call('key')])).toEqual([]);
    expect(observeAi(bot, { ...setUp, configured: false }, [call('key')])).toEqual([]);
    expect(codes()).toEqual([]);
    expect(codes(call('key', { provider: 'groq' }), call('model', { model: 'llama2' }))).toEqual([]);
  });

  it.each(['stopped', 'empty', 'filtered'] as const)('looks past a question that was %s', (outcome) => {
    expect(codes(call(outcome))).toEqual([]);
    expect(codes(call(outcome), call('unreachable'))).toEqual(['ai.unreachable']);
  });

  it.each(AI_OUTCOMES)('says what is wrong and what to do, in both languages: %s', (outcome) => {
    for (const found of observeAi(bot, setUp, [call(outcome)])) {
      const [english, german] = [worded(found, 'en'), worded(found, 'de')];

      expect(german.title).not.toBe(english.title);
      for (const finding of [english, german]) {
        expect(finding).toMatchObject({ bot_id: 3, account: 'you@localhost' });
        expect(finding.title).toContain('Weather (ID: 3)');
        expect(JSON.stringify(finding)).not.toMatch(/[{}]\w+}/);
        const isWrong = finding.level === 'warning' || finding.level === 'error';
        expect(finding.fix?.action ?? null).toBe(isWrong ? 'bot-ai' : null);
      }
    }
  });
});
