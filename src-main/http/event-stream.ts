import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { EventStream } from '../../src-shared/api/common.ts';
import type { EngineEvents } from '../../src-shared/events.ts';
import { Scope } from '../base/scope.ts';
import type { RouteDeps } from './server.ts';

const HEARTBEAT_MS = 25_000;
const UNREAD_LIMIT_BYTES = 256 * 1024;
/** What the window is told. The compiler checks the names. */
const ANNOUNCED: readonly (keyof EngineEvents)[] = [
  'account.added',
  'account.removed',
  'account.switched',
  'account.changed',
  'account.session-changed',
  'bot.created',
  'bot.changed',
  'bot.deleted',
  'webhook.changed',
  'setting.changed',
];

/** Server-sent events: the window invalidates what it shows when something changed, so it never polls. */
export const eventRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, clock }) => {
  const schema = { summary: 'Live changes', response: { 200: EventStream } };
  app.get('/api/v1/events', { schema }, (request, reply) => {
    const scope = new Scope();
    const { raw } = reply.hijack();
    request.raw.socket.setTimeout(0);
    raw.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    raw.write(': connected\n\n');
    const write = (text: string) => {
      // Who does not read is let go: the client calls again and asks for what there is then.
      if (raw.writableLength > UNREAD_LIMIT_BYTES) raw.destroy();
      else raw.write(text);
    };
    for (const name of ANNOUNCED) {
      scope.add(
        services.events.on(name, (data) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)),
      );
    }
    const beat = () => {
      write(': still here\n\n');
      clock.after(scope, HEARTBEAT_MS, beat);
    };
    clock.after(scope, HEARTBEAT_MS, beat);
    raw.once('close', () => void scope.close());
    // It may have hung up already.
    if (raw.destroyed) void scope.close();
    // Who is let in no longer is told nothing more.
    const end = () => raw.destroy();
    request.credential?.ended.addEventListener('abort', end, { once: true });
    scope.add(() => request.credential?.ended.removeEventListener('abort', end));
  });
};
