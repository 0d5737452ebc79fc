import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { answer } from '../../src-shared/api/common.ts';
import { Setting, SettingChange, SettingList } from '../../src-shared/api/settings.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

const SettingPath = z.object({ key: z.string() });

export const settingRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { settings, store } = services;

  app.get(
    '/api/v1/settings',
    { schema: { summary: 'All settings', response: { 200: answer(SettingList) } } },
    async () => answered(settings.list()),
  );

  app.get(
    '/api/v1/settings/:key',
    { schema: { summary: 'One setting', params: SettingPath, response: { 200: answer(Setting) } } },
    async ({ params: { key } }) => answered(settings.show(key)),
  );

  app.put(
    '/api/v1/settings/:key',
    {
      schema: {
        summary: 'Change a setting',
        params: SettingPath,
        body: SettingChange,
        response: { 200: answer(Setting) },
      },
    },
    async (request) => {
      const { key } = request.params;
      await store.write((tx) => settings.set(tx, key, request.body.value, callerOf(request)));
      return answered(settings.show(key));
    },
  );
};
