import { describe, expect, it } from 'vitest';
import { redact, withoutSecrets } from '../../../src-main/base/redact.ts';

const HEX = '0123456789abcdef'.repeat(4);
const WEBHOOK = `whsec_${'Qm90bW90aGVy'.repeat(4)}=`;

describe('the redactor', () => {
  it.each([
    [`/bot${`bm_${HEX}`}/sendMessage`, '/botbm_[hidden]/sendMessage'],
    [`GET /bot/getMe?token=bm_${HEX}&x=1`, 'GET /bot/getMe?token=[hidden]&x=1'],
    [`/bot/bm%5F${HEX}/getMe`, '/bot/bm%5F[hidden]/getMe'],
    [`"bma_${HEX}"`, '"bma_[hidden]"'],
    [`bms_${HEX}`, 'bms_[hidden]'],
    [`BM_${HEX.toUpperCase()}`, 'BM_[hidden]'],
    [`secret ${WEBHOOK}.`, 'secret whsec_[hidden].'],
    [`Authorization: Bearer ${HEX}`, 'Authorization: Bearer [hidden]'],
    ['authorization: basic dXNlcjpodW50ZXIyIGlz', 'authorization: basic [hidden]'],
    ['https://you:hunter2@host/x', 'https://you:[hidden]@host/x'],
    ['http://127.0.0.1:7842/#login=abcdefgh', 'http://127.0.0.1:7842/#login=[hidden]'],
    ['https://h/x?api_key=12345678&b=2', 'https://h/x?api_key=[hidden]&b=2'],
    [`aesgcm://up.example/a.png#${HEX}`, 'aesgcm://up.example/a.png#[hidden]'],
    [
      `https://api.telegram.org/bot123456789:${'Ab-_9'.repeat(7)}/getMe`,
      'https://api.telegram.org/bot123456789:[hidden]/getMe',
    ],
    ['sk-ant-api03-abcdefghijklmnopqrst', 'sk-ant-[hidden]'],
    [
      '-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY-----[hidden]-----END PRIVATE KEY-----',
    ],
  ])('hides what is secret in %s', (text, shown) => {
    expect(redact(text)).toBe(shown);
    expect(redact(shown)).toBe(shown);
  });

  it.each([
    'This route needs the header "Authorization: Bearer bm_...".',
    'https://hooks.example.org/bot?page=2',
    'you@server.example/phone',
    '8f2c1d0e-9a7b-4c6d-8e5f-0123456789ab',
    '2026-11-21T19:00:00.000Z',
    'urn:botmother:0',
  ])('leaves %s as it is', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('goes into fields at any depth, and changes nothing in place', () => {
    const given = {
      a: { b: { c: [{ api_key: 'x1', note: `bm_${HEX}` }] } },
      headers: { Authorization: 'abc' },
      at: new URL(`https://h/?token=${HEX}`),
      bytes: Buffer.from('secret'),
      error: new Error(`no ${WEBHOOK}`, { cause: new Error(`bm_${HEX}`) }),
      count: 3,
    };

    const shown = withoutSecrets(given);

    expect(shown).toMatchObject({
      a: { b: { c: [{ api_key: '[hidden]', note: 'bm_[hidden]' }] } },
      headers: { Authorization: '[hidden]' },
      at: 'https://h/?token=[hidden]',
      bytes: '[bytes]',
      error: { message: 'no whsec_[hidden]', cause: { message: 'bm_[hidden]' } },
      count: 3,
    });
    expect(given.a.b.c[0]?.api_key).toBe('x1');
  });

  it('ends where a value holds itself', () => {
    const ring: Record<string, unknown> = {};
    ring.ring = ring;

    expect(JSON.stringify(withoutSecrets(ring))).toContain('[more]');
  });
});
