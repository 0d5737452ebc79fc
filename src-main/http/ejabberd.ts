import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  EjabberdSettings,
  SavedEjabberdSettings,
  ShownEjabberdSettings,
} from '../../src-shared/api/ejabberd.ts';
import { MASK, type SettingKey } from '../../src-shared/api/settings.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { enveloped } from './views.ts';

const FIELDS = {
  api_url: 'ejabberd_api_url',
  host: 'ejabberd_host',
  admin_jid: 'ejabberd_admin_jid',
  admin_password: 'ejabberd_admin_password',
} as const satisfies Record<string, SettingKey>;

/** The admin API of the XMPP server, by which dedicated bots get their accounts. */
export const ejabberdRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { settings, store } = services;
  const isConfigured = () => Object.values(FIELDS).every((key) => settings.get(key) !== '');

  app.get(
    '/bot/ejabberd/settings',
    {
      schema: { summary: 'How to reach the admin API', response: { 200: ShownEjabberdSettings } },
      config: { caller: 'admin' },
    },
    async () =>
      enveloped({
        api_url: settings.get('ejabberd_api_url'),
        admin_jid: settings.get('ejabberd_admin_jid'),
        admin_password: settings.get('ejabberd_admin_password') === '' ? '' : MASK,
        host: settings.get('ejabberd_host'),
        configured: isConfigured(),
      }),
  );

  app.post(
    '/bot/ejabberd/settings',
    {
      schema: {
        summary: 'Set the admin API',
        body: EjabberdSettings,
        response: { 200: SavedEjabberdSettings },
      },
      config: { caller: 'admin' },
    },
    async (request) => {
      await store.write(async (tx) => {
        for (const [field, key] of Object.entries(FIELDS)) {
          const value = request.body[field as keyof typeof FIELDS];
          if (value !== undefined && value !== MASK) await settings.set(tx, key, value, callerOf(request));
        }
      });
      return enveloped({ saved: true as const, configured: isConfigured() });
    },
  );
};
