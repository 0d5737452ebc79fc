import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Health } from '../../src-shared/api/bots.ts';
import type { RouteDeps } from './server.ts';

export const healthRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, version }) => {
  app.get(
    '/health',
    {
      schema: { summary: 'Is the engine running?', response: { 200: Health } },
      config: { caller: 'anybody' },
    },
    async () => ({ status: 'ok' as const, version, active_bots: await services.bots.countActive() }),
  );
};
