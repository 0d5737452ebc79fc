import { describe, expect, it } from 'vitest';
import { observeBot, observeErrand, observeWebhook } from '../../../../src-main/engine/health/check-bots.ts';
import {
  observeAdmin,
  observeApi,
  observeCertificate,
} from '../../../../src-main/engine/health/check-installation.ts';
import { worded, worstOf } from '../../../../src-main/engine/health/observation.ts';
import { healthDe } from '../../../../src-shared/text/health-de.ts';
import { healthEn } from '../../../../src-shared/text/health-en.ts';
import { reason } from '../../../../src-shared/text/reasons.ts';

type Bot = Parameters<typeof observeBot>[0];
type Standing = Parameters<typeof observeBot>[1];

const bot = { id: 3, name: 'Weather', owner: 'you@localhost' } as unknown as Bot;
const well = {
  jid: 'bot_weather_1a2b@localhost',
  state: 'online',
  reason: undefined,
  deviceId: 5,
  isPublished: true,
  ownerDevices: 2,
  waiting: [8],
} as unknown as Standing;

describe('health, of a dedicated bot', () => {
  it('is good where it is online and can be reached', () => {
    expect(worded(observeBot(bot, well), 'en')).toEqual({
      level: 'ok',
      code: 'bot.online',
      title: 'Bot Weather (ID: 3, bot_weather_1a2b@localhost) is online, with OMEMO',
      detail: null,
      fix: null,
      account: 'you@localhost',
      bot_id: 3,
    });
  });

  it.each([
    [{ state: 'failed', reason: 'the password is refused' }, 'bot.failed', 'bot delete 3'],
    [{ state: 'offline' }, 'bot.offline', 'account enable you@localhost'],
    [{ state: 'backing_off', reason: 'no answer' }, 'bot.trying', 'tried again by itself'],
    [{ isPublished: false }, 'bot.unpublished', 'bot activate 3'],
    [{ ownerDevices: 0, waiting: [] }, 'bot.no-device', 'OMEMO switched on'],
    [{ ownerDevices: 1 }, 'bot.unapproved', 'omemo trust 8 --bot 3'],
  ] as const)('says of %j what is wrong, and what to do', (change, code, cli) => {
    const finding = worded(observeBot(bot, { ...well, ...change } as Standing), 'en');

    expect(finding).toMatchObject({ code, fix: { cli: expect.stringContaining(cli) } });
    expect(finding.detail).toBe('reason' in change ? change.reason : null);
  });

  it('names a webhook that fails, and what it would not take', () => {
    const health = { failures: 2, lastError: 'answered 503' };
    const info = { url: 'https://bot.example/', health, pending: 4, deadLetters: 2 } as never;

    expect(observeWebhook(bot, info).map((one) => worded(one, 'en'))).toMatchObject([
      { code: 'webhook.failing', level: 'warning', detail: 'answered 503' },
      { code: 'webhook.dead', level: 'note', fix: { action: 'bot-webhook' } },
    ]);
    expect(worded(observeWebhook(bot, info)[0] as never, 'de').detail).toBe('Antwort 503');
    const many = { url: 'https://bot.example/', health, pending: 12_500, deadLetters: 0 } as never;
    expect(observeWebhook(bot, many).map((one) => worded(one, 'de').title)[0]).toContain('12.500');
    expect(observeWebhook(bot, { health: { failures: 0 }, deadLetters: 0 } as never)).toEqual([]);
  });

  it('says which accounts should be gone', () => {
    const errand = { jid: 'b@localhost', owner: 'you@localhost', reason: 'no answer' } as never as {
      jid: never;
      owner: never;
      reason: string;
    };
    const said = (kind: 'remove' | 'contact' | 'register') =>
      worded(observeErrand({ ...errand, kind }), 'en').title;

    expect(said('remove')).toBe('The account b@localhost of a deleted bot could not be removed yet');
    expect(said('contact')).toBe('The deleted bot b@localhost is still a contact of you@localhost');
    expect(said('register')).toContain('was not made may still be there');
  });
});

describe('health, of the installation', () => {
  it('says where other users of the machine are not told apart, unless the token is needed', () => {
    const [finding] = observeAdmin('local', false).map((one) => worded(one, 'en'));

    expect(finding).toMatchObject({
      level: 'note',
      fix: { cli: expect.stringContaining('admin_auth required') },
    });
    expect(observeAdmin('local', true)).toEqual([]);
    expect(observeAdmin('required', false)).toMatchObject([{ level: 'ok', code: 'admin.token' }]);
  });

  it('says where the API is when its port is taken, or that it is nowhere', () => {
    const url = 'http://localhost:5001/bot/';
    const problem = reason('port.taken-now', { port: 6_000 });
    const said = (addresses: string[], language: 'en' | 'de') =>
      worded(observeApi({ url, problem, addresses }), language).title;

    expect(said(['127.0.0.1'], 'en')).toBe(
      'Port 6000 is used by another program, so the API is still at http://localhost:5001/bot/',
    );
    expect(said([], 'en')).toBe('Port 6000 is used by another program, so no program reaches the API');
    expect(said([], 'de')).toBe(
      'Port 6000 benutzt ein anderes Programm; darum erreicht kein Programm die API',
    );
    const pair = 'The key does not belong to the certificate.';
    expect(observeApi({ url, problem: pair, addresses: [url] }).code).toBe('api.pair');
  });

  it('tells a certificate that is good from one that is not', () => {
    const good = {
      self_made: true,
      fingerprint: 'AA:BB',
      valid_until: 1_797_847_200,
      names: ['a.example', 'b.example'],
      problem: null,
    };
    expect(worded(observeCertificate(good), 'en').title).toBe(
      'Self-made certificate, SHA-256 AA:BB, valid until Dec 21, 2026, for a.example b.example',
    );
    expect(worded(observeCertificate(good), 'de').title).toContain('gültig bis 21. Dez. 2026');
    expect(observeCertificate({ ...good, problem: 'It has expired.' })).toMatchObject({ level: 'error' });
  });
});

describe('the words of health', () => {
  const slots = (text: string | undefined) =>
    [...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([slot]) => slot).sort();

  it.each(Object.keys(healthEn) as (keyof typeof healthEn)[])(
    'are the same in both languages: %s',
    (code) => {
      const [en, de] = [
        healthEn[code] as Record<string, string>,
        healthDe[code] as unknown as Record<string, string>,
      ];
      expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
      for (const part of Object.keys(en)) expect(slots(de[part])).toEqual(slots(en[part]));
    },
  );

  it('are led by the worst', () => {
    expect(worstOf([{ level: 'ok' }, { level: 'warning' }, { level: 'note' }])).toBe('warning');
    expect(worstOf([])).toBe('ok');
  });
});
