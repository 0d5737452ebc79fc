import { describe, expect, it } from 'vitest';
import { observeTelegram } from '../../../../src-main/engine/health/check-telegram.ts';
import { worded } from '../../../../src-main/engine/health/observation.ts';
import { TELEGRAM_TROUBLES } from '../../../../src-shared/api/telegram.ts';

const bot = { id: 3, name: 'Weather', owner: 'you@localhost' } as unknown as Parameters<
  typeof observeTelegram
>[0];
const well: Parameters<typeof observeTelegram>[1] = {
  enabled: true,
  configured: true,
  username: 'mybot_bot',
  chat: { id: '987654321', kind: 'private', title: 'Ann Lee', username: null },
  state: 'online',
  trouble: null,
  webhook: null,
  waiting: 12_500,
};

describe('health, of the Telegram bridge of a bot', () => {
  it('is good where it gets through, and nothing where there is none', () => {
    expect(observeTelegram(bot, well).map((one) => worded(one, 'en'))).toMatchObject([
      {
        level: 'ok',
        code: 'telegram.online',
        title: 'Bot Weather (ID: 3) is linked with Telegram as @mybot_bot',
        fix: null,
      },
    ]);
    for (const change of [{ enabled: false }, { configured: false }, { state: 'connecting' }] as const)
      expect(observeTelegram(bot, { ...well, ...change })).toEqual([]);
  });

  it.each(TELEGRAM_TROUBLES)('says what is wrong and what to do, in both languages: %s', (kind) => {
    const trouble = { kind, since: 1_763_719_200, retry_at: null };
    const bridge = { ...well, state: 'trouble' as const, trouble, webhook: 'other.example' };
    const [found, ...others] = observeTelegram(bot, bridge);
    expect(others).toEqual([]);
    if (!found) throw new Error('there is nothing');
    for (const language of ['en', 'de'] as const) {
      const finding = worded(found, language);
      expect(finding).toMatchObject({ code: `telegram.${kind}`, bot_id: 3, account: 'you@localhost' });
      expect(finding.title).toContain('Weather (ID: 3)');
      expect(JSON.stringify(finding)).not.toMatch(/[{}]\w+}/);
      if (finding.level === 'note') continue;
      expect(finding.fix).toMatchObject({ text: expect.stringMatching(/\S/), action: 'bot-telegram' });
    }
    expect(worded(found, 'de').title).not.toBe(worded(found, 'en').title);
  });

  it('counts what waits as people write numbers, and names the host of a webhook', () => {
    const of = (kind: 'blocked' | 'webhook') =>
      observeTelegram(bot, {
        ...well,
        trouble: { kind, since: 0, retry_at: null },
        webhook: 'other.example',
      }).map((one) => worded(one, 'de').title)[0];
    expect(of('blocked')).toContain('12.500');
    expect(of('blocked')).toContain('Ann Lee');
    expect(of('webhook')).toContain('other.example');
  });
});
