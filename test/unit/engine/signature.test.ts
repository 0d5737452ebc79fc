import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newWebhookSecret, signatureHeaders } from '../../../src-main/engine/webhooks/signature.ts';

describe('webhook signatures', () => {
  it('follow the test vector of Standard Webhooks', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const delivery = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestampS: 1_614_265_330,
      body: '{"test": 2432232314}',
    };

    expect(signatureHeaders(secret, delivery)['webhook-signature']).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('key X-Bot-Signature with the secret as it was shown', () => {
    const secret = newWebhookSecret();
    const expected = createHmac('sha256', Buffer.from(secret, 'utf8')).update('{}').digest('hex');

    expect(signatureHeaders(secret, { id: 'x', timestampS: 1, body: '{}' })['x-bot-signature']).toBe(
      `sha256=${expected}`,
    );
  });

  it('use secrets of 32 random bytes', () => {
    expect(Buffer.from(newWebhookSecret().slice('whsec_'.length), 'base64')).toHaveLength(32);
    expect(newWebhookSecret()).not.toBe(newWebhookSecret());
  });
});
