import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { EventStream } from '../../src-shared/api/common.ts';
import type { EngineEvents } from '../../src-shared/events.ts';
import type { BotId } from '../../src-shared/ids.ts';
import type { Scope } from '../base/scope.ts';
import { seldom } from './seldom.ts';
import type { RouteDeps } from './server.ts';
import { beginStream, onHungUp, writeNow } from './sse.ts';

/**
 * What the window is told: as it happens, gathered (once in a while for each bot), or never. The compiler asks for every
 * event there is.
 */
export const TOLD: Readonly<Record<keyof EngineEvents, 'always' | 'gathered' | 'never'>> = {
  'account.added': 'always',
  'account.removed': 'always',
  'account.switched': 'always',
  'account.changed': 'always',
  'account.session-changed': 'always',
  'bot.created': 'always',
  'bot.changed': 'always',
  'bot.deleted': 'always',
  // What the window shows of it is told as a change of devices or chats.
  'omemo.published': 'never',
  'omemo.devices-added': 'always',
  'omemo.trust-changed': 'always',
  'room.changed': 'always',
  'update.queued': 'gathered',
  'update.failed': 'gathered',
  'delivery.changed': 'gathered',
  'activity.changed': 'gathered',
  'ai.changed': 'always',
  'ai.used': 'gathered',
  'telegram.changed': 'gathered',
  'webhook.changed': 'always',
  'webhook.health-changed': 'always',
  // What a chat shows of it is told as a change of its message.
  'message.queued': 'never',
  'message.state-changed': 'never',
  'setting.changed': 'always',
  'sandbox.changed': 'always',
  'chat.message': 'always',
  'chat.changed': 'always',
  'chat.typing': 'always',
};
const ANNOUNCED = (Object.keys(TOLD) as (keyof EngineEvents)[]).filter((name) => TOLD[name] === 'always');

/** A busy bot has many a second: the window hears of one. */
const DELIVERY_EVERY_MS = 1_000;
const ACTIVITY_EVERY_MS = 5_000;

/** Server-sent events: the window invalidates what it shows when something changed, so it never polls. */
export const eventRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, clock }) => {
  const { events } = services;

  /** What happens with every message, told once in a while for each bot. */
  function tellTraffic(tell: (name: string, data: unknown) => void, scope: Scope): void {
    type Gathered = 'delivery.changed' | 'activity.changed' | 'ai.used' | 'telegram.changed';
    const told = (name: Gathered, everyMs: number) =>
      seldom<BotId>((botId) => tell(name, { botId }), { everyMs, clock, scope });
    const delivery = told('delivery.changed', DELIVERY_EVERY_MS);
    const activity = told('activity.changed', ACTIVITY_EVERY_MS);
    for (const name of ['update.queued', 'update.failed', 'delivery.changed'] as const)
      scope.add(events.on(name, ({ botId }) => delivery(botId)));
    scope.add(events.on('activity.changed', ({ botId }) => activity(botId)));
    for (const name of ['ai.used', 'telegram.changed'] as const) {
      const tellName = told(name, DELIVERY_EVERY_MS);
      scope.add(events.on(name, ({ botId }) => tellName(botId)));
    }
  }

  const schema = { summary: 'Live changes', response: { 200: EventStream } };
  app.get('/api/v1/events', { schema }, (request, reply) => {
    const { raw, scope } = beginStream(request, reply, { first: ': connected\n\n', clock });
    const write = (name: string, data: unknown) =>
      writeNow(raw, `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    for (const name of ANNOUNCED) scope.add(events.on(name, (data) => write(name, data)));
    tellTraffic(write, scope);
    onHungUp(raw, () => void scope.close());
    // Who is let in no longer is told nothing more.
    const end = () => raw.destroy();
    request.credential?.ended.addEventListener('abort', end, { once: true });
    scope.add(() => request.credential?.ended.removeEventListener('abort', end));
  });
};
