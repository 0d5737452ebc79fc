import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { EventStream } from '../../src-shared/api/common.ts';
import type { EngineEvents } from '../../src-shared/events.ts';
import type { RouteDeps } from './server.ts';
import { beginStream, onHungUp, writeNow } from './sse.ts';

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
  'room.changed',
  'webhook.changed',
  'setting.changed',
];

/** Server-sent events: the window invalidates what it shows when something changed, so it never polls. */
export const eventRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, clock }) => {
  const schema = { summary: 'Live changes', response: { 200: EventStream } };
  app.get('/api/v1/events', { schema }, (request, reply) => {
    const { raw, scope } = beginStream(request, reply, { first: ': connected\n\n', clock });
    for (const name of ANNOUNCED) {
      const tell = (data: unknown) => writeNow(raw, `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      scope.add(services.events.on(name, tell));
    }
    onHungUp(raw, () => void scope.close());
    // Who is let in no longer is told nothing more.
    const end = () => raw.destroy();
    request.credential?.ended.addEventListener('abort', end, { once: true });
    scope.add(() => request.credential?.ended.removeEventListener('abort', end));
  });
};
