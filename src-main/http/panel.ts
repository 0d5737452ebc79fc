import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  AdminToken,
  LOGIN_FRAGMENT,
  PanelLink,
  PanelLogin,
  PanelSession,
} from '../../src-shared/api/panel.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { enveloped } from './views.ts';

/** How a browser gets a session, and the token of those who use none. */
export const panelRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, apiUrl }) => {
  const { panel, adminToken, store } = services;

  app.post(
    '/api/v1/panel/links',
    {
      schema: { summary: 'An address that opens the panel once', response: { 200: PanelLink } },
      config: { caller: 'keeper' },
    },
    async (request) => {
      const url = new URL('/', apiUrl());
      // Not a name that could lead elsewhere; over TLS the certificate sees to that, and others may want to open it.
      if (url.protocol === 'http:') url.hostname = '127.0.0.1';
      url.hash = `${LOGIN_FRAGMENT}=${await panel.newCode(callerOf(request))}`;
      return enveloped({ url: url.href });
    },
  );

  app.post(
    '/api/v1/panel/login',
    {
      schema: {
        summary: 'Turn the code of such an address into a session',
        body: PanelLogin,
        response: { 200: PanelSession },
      },
      config: { caller: 'page' },
    },
    async (request) => enveloped({ session: await panel.logIn(request.body.code, callerOf(request)) }),
  );

  app.get(
    '/api/v1/admin-token',
    {
      schema: { summary: 'The admin token', response: { 200: AdminToken } },
      config: { caller: 'keeper' },
    },
    async () => enveloped({ token: adminToken.show() }),
  );

  app.post(
    '/api/v1/admin-token/rotate',
    {
      schema: {
        summary: 'Make another admin token; the old one and all panel sessions end',
        response: { 200: AdminToken },
      },
      config: { caller: 'keeper' },
    },
    async (request) => {
      const token = await store.write((tx) => adminToken.rotate(tx, callerOf(request)));
      return enveloped({ token });
    },
  );
};
