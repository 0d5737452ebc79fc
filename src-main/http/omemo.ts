import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  AccountDevices,
  BotDevices,
  BotDevicesQuery,
  ChangeBotDevice,
  ChangeDevice,
  DevicesOf,
} from '../../src-shared/api/omemo.ts';
import { bareJidOnly } from '../../src-shared/jid.ts';
import type { DeviceOverview } from '../engine/omemo/omemo-devices.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered, enveloped } from './views.ts';

/** Devices of end-to-end encryption: of dedicated bots under `/bot/…`, of every account under `/api/v1`. */
export const omemoRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { bots, accounts, omemoDevices, store } = services;
  const botAccount = async (id: number) => omemoDevices.accountOf(await bots.find(id));

  app.get(
    '/bot/omemo/devices',
    {
      schema: {
        summary: 'The devices that a dedicated bot knows of its owner',
        querystring: BotDevicesQuery,
        response: { 200: BotDevices },
      },
      config: { caller: 'admin' },
    },
    async ({ query: { id } }) => enveloped(devicesView(await omemoDevices.overview(await botAccount(id)))),
  );
  app.post(
    '/bot/omemo/devices',
    {
      schema: {
        summary: 'Trust a device of the owner, or no longer',
        body: ChangeBotDevice,
        response: { 200: BotDevices },
      },
      config: { caller: 'admin' },
    },
    async (request) => {
      const { id, device: deviceId, trust } = request.body;
      const account = await botAccount(id);
      await store.write((tx) => omemoDevices.setTrust(tx, account, { deviceId, trust }, callerOf(request)));
      return enveloped(devicesView(await omemoDevices.overview(account)));
    },
  );

  const accountOf = (jid: string) => accounts.any(bareJidOnly(jid));
  app.get(
    '/api/v1/omemo/:jid/devices',
    {
      schema: {
        summary: 'The devices around an account',
        params: DevicesOf,
        response: { 200: AccountDevices },
      },
    },
    async ({ params: { jid } }) => answered(devicesView(await omemoDevices.overview(await accountOf(jid)))),
  );
  app.patch(
    '/api/v1/omemo/:jid/devices',
    {
      schema: {
        summary: 'Trust a device, or no longer',
        params: DevicesOf,
        body: ChangeDevice,
        response: { 200: AccountDevices },
      },
    },
    async (request) => {
      const { device: deviceId, trust, owner } = request.body;
      const account = await accountOf(request.params.jid);
      const jid = owner === undefined ? undefined : bareJidOnly(owner);
      await store.write((tx) =>
        omemoDevices.setTrust(tx, account, { deviceId, jid, trust }, callerOf(request)),
      );
      return answered(devicesView(await omemoDevices.overview(account)));
    },
  );
  app.post(
    '/api/v1/omemo/:jid/reset',
    {
      schema: {
        summary: "A new device with new keys in the place of the account's one",
        params: DevicesOf,
        response: { 200: AccountDevices },
      },
    },
    async (request) => {
      const account = await accountOf(request.params.jid);
      await omemoDevices.reset(account, callerOf(request));
      return answered(devicesView(await omemoDevices.overview(account)));
    },
  );
};

const inSeconds = (ms: number) => Math.floor(ms / 1_000);

const devicesView = ({ account, own, others }: DeviceOverview) => ({
  account,
  own: own ? { device: own.deviceId, fingerprint: own.fingerprint } : null,
  devices: others.map((device) => ({
    jid: device.jid,
    device: device.deviceId,
    fingerprint: device.fingerprint ?? null,
    trust: device.trust,
    label: device.label ?? null,
    versions: [...device.versions],
    first_seen: inSeconds(device.firstSeen),
    last_seen: device.lastSeen === undefined ? null : inSeconds(device.lastSeen),
  })),
});
