import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { EventStream } from '../../src-shared/api/common.ts';
import {
  LOG_LEVELS,
  LogEventsQuery,
  type LogLevel,
  type LogLine,
  LogLines,
  LogsQuery,
} from '../../src-shared/api/logs.ts';
import { linesOf } from '../base/logger.ts';
import type { RouteDeps } from './server.ts';
import { beginStream, onHungUp, writeNow } from './sse.ts';
import { answered } from './views.ts';

/** The log for people: what stands on stderr, with the same secrets taken out. */
export const logRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { logger, clock }) => {
  const buffer = linesOf(logger);

  app.get(
    '/api/v1/logs',
    {
      schema: {
        summary: 'The last lines of the log, the oldest first',
        querystring: LogsQuery,
        response: { 200: LogLines },
      },
    },
    async ({ query: { level, limit } }) =>
      answered(
        buffer.lines
          .map(readLine)
          .filter((line) => line !== undefined)
          .filter((line) => isAtLeast(line.level, level))
          .slice(-limit),
      ),
  );

  app.get(
    '/api/v1/logs/events',
    {
      schema: {
        summary: 'Lines of the log as they are written',
        querystring: LogEventsQuery,
        response: { 200: EventStream },
      },
    },
    (request, reply) => {
      const { level } = request.query;
      const { raw, scope } = beginStream(request, reply, { first: ': connected\n\n', clock });
      scope.add(
        buffer.on((text) => {
          const line = readLine(text);
          if (line && isAtLeast(line.level, level))
            writeNow(raw, `event: line\ndata: ${JSON.stringify(line)}\n\n`);
        }),
      );
      onHungUp(raw, () => void scope.close());
      const end = () => raw.destroy();
      request.credential?.ended.addEventListener('abort', end, { once: true });
      scope.add(() => request.credential?.ended.removeEventListener('abort', end));
    },
  );
};

const isAtLeast = (level: LogLevel, lowest: LogLevel) =>
  LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(lowest);
const isLevel = (level: unknown): level is LogLevel => LOG_LEVELS.some((one) => one === level);

function readLine(text: string): LogLine | undefined {
  try {
    // Written by our logger alone.
    const { level, time, msg, ...details } = JSON.parse(text) as Record<string, unknown>;
    if (!isLevel(level)) return undefined;
    return { level, time: Date.parse(String(time)) / 1_000, message: String(msg ?? ''), details };
  } catch {
    return undefined;
  }
}
