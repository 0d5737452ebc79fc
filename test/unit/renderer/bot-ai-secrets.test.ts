import { describe, expect, it } from 'vitest';
import { lackOfSecrets, savedSecretsOf } from '../../../src-renderer/views/bots/ai/saved-secrets.ts';
import type { BotAi } from '../../../src-shared/api/ai.ts';

const own = (more: Partial<BotAi>): BotAi => ({
  enabled: true,
  configured: true,
  provider: 'compatible',
  model: 'small',
  base_url: 'https://one.example/v1',
  has_own_base_url: true,
  key: null,
  kept: [],
  header_names: [],
  system: '',
  is_usual_system: true,
  people: 0,
  waiting: 0,
  ...more,
});
const NOTHING = { key: '', headers: undefined };
const ELSEWHERE = 'https://two.example/v1';

describe('saved secrets, when questions are to go elsewhere', () => {
  it('stay where they were given for, keys and headers alike', () => {
    for (const more of [{ key: 'sk-…1' }, { header_names: ['X-Gateway'] }]) {
      const ai = own(more);
      expect(savedSecretsOf(ai, 'compatible', ELSEWHERE).boundTo).toBe('https://one.example');
      expect(savedSecretsOf(ai, 'compatible', 'https://one.example/v2').boundTo).toBeUndefined();
      // Nothing that could be typed yet.
      expect(savedSecretsOf(ai, 'compatible', 'two').boundTo).toBeUndefined();
    }
    expect(savedSecretsOf(own({}), 'compatible', ELSEWHERE).boundTo).toBeUndefined();
  });

  it('are asked for again, as the engine does', () => {
    const withKey = savedSecretsOf(own({ key: 'sk-…1', header_names: ['X-A'] }), 'compatible', ELSEWHERE);
    const withHeaders = savedSecretsOf(own({ header_names: ['X-A'] }), 'compatible', ELSEWHERE);
    expect(lackOfSecrets(withKey, NOTHING)).toBe('key');
    expect(lackOfSecrets(withKey, { key: '', headers: [] })).toBe('key');
    expect(lackOfSecrets(withKey, { key: 'sk-2', headers: undefined })).toBeUndefined();
    expect(lackOfSecrets(withHeaders, NOTHING)).toBe('headers');
    expect(lackOfSecrets(withHeaders, { key: '', headers: [] })).toBeUndefined();
    expect(lackOfSecrets(savedSecretsOf(own({ key: 'sk-…1' }), 'compatible', ''), NOTHING)).toBeUndefined();
  });
});
