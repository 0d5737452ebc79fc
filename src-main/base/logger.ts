import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** Fields whose value never reaches the log, wherever they stand. */
const SECRET_FIELDS = [
  'password',
  'token',
  'secret',
  'authorization',
  'key',
  'body',
  'text',
  'stanza',
  'api_key',
];

/** Tokens and credentials inside texts (error messages, URLs). */
const SECRET_TEXT = /\b(bma?_)[0-9a-f]{8,}|\b(whsec_)[A-Za-z0-9+/=]{8,}|(\/\/[^/\s:@]+:)[^/\s@]+(?=@)/g;

/** Replaces secrets in a text by a mark, so that it may be logged or shown. */
export function redact(text: string): string {
  return text.replace(
    SECRET_TEXT,
    (_, token = '', secret = '', user = '') => `${token}${secret}${user}[hidden]`,
  );
}

/** What of an error may be logged: name, code, redacted message and stack. Never its other members. */
function plainError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: redact(String(error)) };
  const { name, message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name, code, message: redact(message), stack: stack && redact(stack) };
}

/** JSON lines to the given stream (stderr by default), with secrets taken out. */
export function createLogger(level = 'info', destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[hidden]' },
      serializers: { err: plainError },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((arg) => (typeof arg === 'string' ? redact(arg) : arg)) as typeof args);
        },
      },
    },
    destination,
  );
}

/** For tests and for callers that have nowhere to log to. */
export const silentLogger: Logger = pino({ level: 'silent' });
