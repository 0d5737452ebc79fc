import { type DestinationStream, type Logger, pino } from 'pino';
import { LogBuffer } from './log-buffer.ts';
import { redact, withoutSecrets } from './redact.ts';

export type { Logger } from 'pino';

/** What each logger wrote lately. */
const buffers = new WeakMap<Logger, LogBuffer>();

/** The last lines of a logger that `createLogger` made. */
export const linesOf = (logger: Logger): LogBuffer => buffers.get(logger) ?? new LogBuffer();

/** Every part of a line goes through one redactor: fields, message, and what is put into it. */
function cleaned(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  // Pino would take the words of a bare error for the message.
  if (first instanceof Error) {
    const words = rest.length > 0 ? rest : [first.message];
    return [{ err: withoutSecrets(first) }, ...words.map((arg) => withoutSecrets(arg))];
  }
  return args.map((arg) => withoutSecrets(arg));
}

/** JSON lines to the given stream (stderr by default), with secrets taken out; the last ones can be asked for. */
export function createLogger(level = 'info', destination: DestinationStream = pino.destination(2)): Logger {
  const buffer = new LogBuffer();
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        bindings: (bindings) => withoutSecrets(bindings) as Record<string, unknown>,
      },
      // They are plain already.
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(args, method) {
          method.apply(this, cleaned(args) as Parameters<typeof method>);
        },
        // Nothing else writes a line, so nothing gets past.
        streamWrite: redact,
      },
    },
    {
      write(line: string) {
        buffer.add(line);
        destination.write(line);
      },
    },
  );
  buffers.set(logger, buffer);
  return logger;
}

/** For tests and for callers that have nowhere to log to. */
export const silentLogger: Logger = pino({ level: 'silent' });
