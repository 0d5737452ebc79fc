const HIDDEN = '[hidden]';

/**
 * Secrets by their looks, wherever they stand: in an address, a path as Telegram's clients build it (`/bot<token>/…`), a
 * header, somebody's error message. What is kept says only which kind it was.
 */
const SECRETS: readonly [RegExp, string][] = [
  // Ours: tokens of bots, the admin token, sessions of the panel. Also with the underscore written as %5F.
  [/(bm[as]?(?:_|%5f))[0-9a-f]{8,}/gi, `$1${HIDDEN}`],
  [/(whsec_)[A-Za-z0-9+/=%_-]{8,}/g, `$1${HIDDEN}`],
  // Headers, also where the scheme is ours.
  [/\b((?:bearer|basic)\s+)[^\s,;"'[]{16,}/gi, `$1${HIDDEN}`],
  // A password in front of a host.
  [/(\/\/[^/\s:@]+:)[^/\s@]+(?=@)/g, `$1${HIDDEN}`],
  // The query and the fragment of an address: login codes, keys of encrypted files.
  [
    /([?&#;](?:access_?token|token|api_?key|key|secret|password|passwd|pwd|auth|login|code|sig|signature)=)[^&#\s"'<>]+/gi,
    `$1${HIDDEN}`,
  ],
  [/(aesgcm:\/\/[^\s#"'<>]+#)[0-9a-f]{16,}/gi, `$1${HIDDEN}`],
  // Addresses of received files: who has one gets the file.
  [/(\/file\/)[A-Za-z0-9_-]{40,}/g, `$1${HIDDEN}`],
  // Others': Telegram's bots, keys of providers.
  [/(\d{6,12}:)[A-Za-z0-9_-]{30,}/g, `$1${HIDDEN}`],
  [/\b((?:sk|gsk|pplx|xai|key)-(?:[a-z]+-)*)[A-Za-z0-9_-]{16,}/g, `$1${HIDDEN}`],
  // Also where its lines are written as \n.
  [/(-----BEGIN [A-Z ]*PRIVATE KEY-----)[A-Za-z0-9+/=\s\\]+/g, `$1${HIDDEN}`],
];

/** Replaces secrets in a text by a mark, so that it may be logged, noted or shown. */
export function redact(text: string): string {
  let shown = text;
  for (const [secret, mark] of SECRETS) shown = shown.replace(secret, mark);
  return shown;
}

/** Fields whose value is never shown, however it looks. */
const SECRET_FIELDS = new Set([
  'password',
  'passphrase',
  'token',
  'secret',
  'authorization',
  'cookie',
  'key',
  'privatekey',
  'body',
  'text',
  'stanza',
  'apikey',
]);
const isSecretField = (name: string) => SECRET_FIELDS.has(name.toLowerCase().replaceAll(/[_-]/g, ''));

const DEPTH = 6;
const ENTRIES = 50;

/** What of an error may be shown: name, code, redacted message and stack, and its cause. Never its other members. */
function plainError(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? redact(error.code) : undefined;
  return {
    name,
    ...(code !== undefined && { code }),
    message: redact(message),
    ...(stack !== undefined && { stack: redact(stack) }),
    ...(cause instanceof Error && depth < DEPTH && { cause: plainError(cause, depth + 1) }),
  };
}

/** A value as it may be logged: secret fields hidden and texts redacted, at any depth; nothing is changed in place. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return plainError(value, depth);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]';
  if (value instanceof Date) return value;
  if (value instanceof URL) return redact(value.href);
  if (depth >= DEPTH) return '[more]';
  if (Array.isArray(value)) return value.slice(0, ENTRIES).map((entry) => withoutSecrets(entry, depth + 1));
  if (value instanceof Map || value instanceof Set) return withoutSecrets([...value], depth);
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, ENTRIES)
      .map(([name, entry]) => [
        name,
        isSecretField(name) && entry !== undefined && entry !== null
          ? HIDDEN
          : withoutSecrets(entry, depth + 1),
      ]),
  );
}
