import { describe, expect, it } from 'vitest';
import { askAddress, PROVIDERS, plainBaseUrl } from '../../../src-shared/ai-providers.ts';
import { PROVIDER_NAMES } from '../../../src-shared/api/ai.ts';

describe('the base URL of a provider', () => {
  it.each([
    ['openai', '', 'https://api.openai.com/v1'],
    ['openai', 'https://api.openai.com/v1/chat/completions', 'https://api.openai.com/v1'],
    ['openai', ' https://eu.api.openai.com/v1/ ', 'https://eu.api.openai.com/v1'],
    ['claude', 'https://api.anthropic.com/v1/messages', 'https://api.anthropic.com/v1'],
    ['deepseek', 'https://api.deepseek.com/chat/completions', 'https://api.deepseek.com'],
    ['ollama', 'http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434'],
    ['ollama', 'http://127.0.0.1:11434/api/chat', 'http://127.0.0.1:11434'],
    ['openclaw', 'http://localhost:18789/hooks/agent', 'http://localhost:18789'],
    ['openclaw', 'http://localhost:18789/v1/chat/completions', 'http://localhost:18789'],
    ['compatible', 'http://127.0.0.1:8000/v1/models', 'http://127.0.0.1:8000/v1'],
    ['compatible', '', ''],
  ] as const)('of %s for %j is %s', (provider, given, meant) => {
    expect(plainBaseUrl(provider, given)).toBe(meant);
  });

  it('is where its questions go', () => {
    const at = (provider: (typeof PROVIDER_NAMES)[number], base = '', model = 'a/b') =>
      askAddress(provider, base, model);

    expect(at('openai')).toBe('https://api.openai.com/v1/responses');
    expect(at('openai', 'https://api.openai.com.example/v1')).toBe(
      'https://api.openai.com.example/v1/chat/completions',
    );
    expect(at('gemini')).toBe(
      'https://generativelanguage.googleapis.com/v1beta/models/a%2Fb:generateContent',
    );
    expect(at('ollama')).toBe('http://localhost:11434/api/chat');
    expect(at('openclaw')).toBe('http://localhost:18789/v1/chat/completions');
  });

  it('and the key have a place for everybody', () => {
    for (const name of PROVIDER_NAMES.filter((one) => one !== 'compatible')) {
      expect([name, URL.canParse(PROVIDERS[name].defaultBaseUrl)]).toEqual([name, true]);
      expect([name, PROVIDERS[name].keySite]).toEqual([name, expect.stringMatching(/^https:\/\//)]);
      expect([name, PROVIDERS[name].exampleModels.length > 0]).toEqual([name, true]);
    }
  });
});
