import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  EjabberdReached,
  EjabberdSettings,
  SavedEjabberdSettings,
  ShownEjabberdSettings,
  TestEjabberd,
} from '../../src-shared/api/ejabberd.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { enveloped } from './views.ts';

/** How dedicated bots get their accounts on the XMPP server. */
export const ejabberdRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { ejabberd, store } = services;

  app.get(
    '/bot/ejabberd/settings',
    {
      schema: {
        summary: 'How accounts for dedicated bots are made',
        response: { 200: ShownEjabberdSettings },
      },
      config: { caller: 'admin' },
    },
    async () => enveloped(ejabberd.show()),
  );

  app.post(
    '/bot/ejabberd/settings',
    {
      schema: {
        summary: 'Set how accounts for dedicated bots are made',
        body: EjabberdSettings,
        response: { 200: SavedEjabberdSettings },
      },
      config: { caller: 'admin' },
    },
    async (request) => {
      await store.write((tx) => ejabberd.save(tx, request.body, callerOf(request)));
      return enveloped({ saved: true as const, configured: ejabberd.isConfigured() });
    },
  );

  app.post(
    '/bot/ejabberd/test',
    {
      schema: {
        summary: 'Try whether accounts can be made, with the given settings or the saved ones',
        body: TestEjabberd,
        response: { 200: EjabberdReached },
      },
      config: { caller: 'admin' },
    },
    async (request) => {
      await ejabberd.test(request.body);
      return enveloped({ connected: true as const, response: 'ok' as const });
    },
  );
};
