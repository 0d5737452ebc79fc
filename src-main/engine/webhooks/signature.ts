import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new webhook secret: `whsec_` and the base64 of 32 random bytes (Standard Webhooks). */
export const newWebhookSecret = (): string => SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');

interface Keys {
  /** From the text as it was shown. */
  shown: KeyObject;
  /** From the bytes that it stands for. */
  standard: KeyObject;
}

/** Importing a key costs more than signing with it. */
const REMEMBERED_SECRETS = 200;
const remembered = new Map<string, Keys>();

function keysOf(secret: string): Keys {
  const known = remembered.get(secret);
  if (known) return known;
  const keys = {
    shown: createSecretKey(secret, 'utf8'),
    standard: createSecretKey(secret.slice(SECRET_PREFIX.length), 'base64'),
  };
  if (remembered.size >= REMEMBERED_SECRETS) remembered.clear();
  remembered.set(secret, keys);
  return keys;
}

/**
 * Both signatures of a delivery. `X-Bot-Signature` is keyed with the secret's text as it was shown, as the guide's
 * example does; `webhook-signature` with the decoded bytes over `id.timestamp.body` (Standard Webhooks).
 */
export function signatureHeaders(
  secret: string,
  delivery: { id: string; timestampS: number; body: string },
): Record<string, string> {
  const { id, timestampS, body } = delivery;
  const keys = keysOf(secret);
  const standard = createHmac('sha256', keys.standard).update(`${id}.${timestampS}.${body}`).digest('base64');
  return {
    'x-bot-signature': `sha256=${createHmac('sha256', keys.shown).update(body).digest('hex')}`,
    'webhook-id': id,
    'webhook-timestamp': String(timestampS),
    'webhook-signature': `v1,${standard}`,
  };
}
