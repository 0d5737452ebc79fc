import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  ChangeSettings,
  isBotSettingKey,
  SettingsOf,
  ShownAnySettings,
} from '../../src-shared/api/bot-settings.ts';
import { answer } from '../../src-shared/api/common.ts';
import { isSettingKey, SettingChange, SettingList, ShownSetting } from '../../src-shared/api/settings.ts';
import { refuse } from '../../src-shared/errors.ts';
import { prepareSetting } from '../engine/bots/bot-settings.ts';
import { callerOf } from './auth.ts';
import { worded } from './language.ts';
import type { RouteDeps } from './server.ts';
import { answered, enveloped } from './views.ts';

/** A key of the other kind is no unknown one: whoever gives it means something. */
function refuseMisplaced(id: number | undefined, body: object): void {
  const isOther = id === undefined ? isBotSettingKey : isSettingKey;
  const key = Object.keys(body).find(isOther);
  if (key === undefined) return;
  const reason =
    id === undefined
      ? `\`${key}\` is a setting of each bot: say which one, as in /bot/settings?id=1.`
      : `\`${key}\` is a setting of the installation, not of a bot: leave out ?id=.`;
  throw refuse('request.invalid', { reason });
}

const SettingPath = z.object({ key: z.string() });

export const settingRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { settings, changeSettings, botSettings, bots, store } = services;

  /** Values by key: of the installation, or of one bot. */
  async function valuesOf(id: number | undefined) {
    const shown = id === undefined ? await settings.list() : botSettings.list(await bots.find(id));
    return enveloped(Object.fromEntries(shown.map(({ key, value }) => [key, value])));
  }

  app.get(
    '/bot/settings',
    {
      schema: {
        summary: 'The settings, or with `id` those of a bot',
        querystring: SettingsOf,
        response: { 200: ShownAnySettings },
      },
      config: { caller: 'admin' },
    },
    async ({ query: { id } }) => valuesOf(id),
  );

  app.post(
    '/bot/settings',
    {
      schema: {
        summary: 'Change settings, or with `id` those of a bot: all that are given, or none',
        querystring: SettingsOf,
        body: ChangeSettings,
        response: { 200: ShownAnySettings },
      },
      config: { caller: 'admin' },
    },
    async (request) => {
      const { id } = request.query;
      const isKey = id === undefined ? isSettingKey : isBotSettingKey;
      const given = Object.entries(request.body).filter(([key, value]) => isKey(key) && value !== undefined);
      // Unknown members are ignored, but a request that names no setting at all is a mistake.
      refuseMisplaced(id, request.body);
      if (given.length === 0) {
        const whose = id === undefined ? 'a setting' : 'a setting of bots';
        throw refuse('request.invalid', { reason: `The body names nothing that is ${whose}.` });
      }
      if (id === undefined) {
        await changeSettings(Object.fromEntries(given), callerOf(request));
        return valuesOf(id);
      }
      const values = await Promise.all(
        given.map(async ([key, value]) => [key, await prepareSetting(key, value)] as const),
      );
      await store.write(async (tx) => {
        const bot = await bots.find(id, undefined, tx);
        for (const [key, value] of values) await botSettings.set(tx, bot, key, value, callerOf(request));
      });
      return valuesOf(id);
    },
  );

  app.get(
    '/api/v1/settings',
    { schema: { summary: 'All settings', response: { 200: answer(SettingList) } } },
    async (request) => answered((await settings.list()).map((one) => worded(request, one))),
  );

  app.get(
    '/api/v1/settings/:key',
    { schema: { summary: 'One setting', params: SettingPath, response: { 200: answer(ShownSetting) } } },
    async (request) => answered(worded(request, await settings.show(request.params.key))),
  );

  app.put(
    '/api/v1/settings/:key',
    {
      schema: {
        summary: 'Change a setting',
        params: SettingPath,
        body: SettingChange,
        response: { 200: answer(ShownSetting) },
      },
    },
    async (request) => {
      const { key } = request.params;
      await changeSettings({ [key]: request.body.value }, callerOf(request));
      return answered(worded(request, await settings.show(key)));
    },
  );
};
