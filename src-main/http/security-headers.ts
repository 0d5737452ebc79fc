const policy = (rules: Readonly<Record<string, string>>) =>
  Object.entries({ ...rules, 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'" })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** What a document of ours may load. Answers that are no pages may load nothing, should a browser ever show one. */
export const CONTENT_POLICY = {
  nothing: policy({ 'default-src': "'none'" }),
  /** Mantine writes its variables into style elements; everything else comes as a file of ours. */
  panel: policy({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    // What was fetched with the session's token is shown from memory.
    'img-src': "'self' blob:",
    'media-src': "'self' blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
  }),
} as const;

/**
 * What a browser is told about every answer, also refusals and what is said to nonsense: to take it for what it says, to
 * show it in no frame, to keep it to this origin, to store nothing and to tell nobody where it was. No
 * Strict-Transport-Security: it would be about a host name with all its ports, of which the others are not ours.
 */
export const EVERY_ANSWER = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': CONTENT_POLICY.nothing,
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
} as const;
