import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  AccountList,
  AccountPath,
  AccountQuery,
  AccountSwitched,
  AddAccount,
  AddedAccount,
  ChangeAccount,
  RemoveAccount,
  RemovedAccount,
  SwitchAccount,
} from '../../src-shared/api/accounts.ts';
import { bareJid, bareJidOnly } from '../../src-shared/jid.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { accountView, answered, enveloped } from './views.ts';

/** How long `account add` waits for a running engine to have the account online. */
const ONLINE_WITHIN_MS = 30_000;

export const accountRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { accounts, sessions, settings } = services;
  const view = async (jid: string) => accountView(sessions, await accounts.known(bareJid(jid)));

  app.get(
    '/api/v1/accounts',
    { schema: { summary: 'List accounts', response: { 200: AccountList } } },
    async () => answered((await accounts.list()).map((account) => accountView(sessions, account))),
  );

  app.post(
    '/api/v1/accounts',
    { schema: { summary: 'Sign an account in', body: AddAccount, response: { 200: AddedAccount } } },
    async (request) => {
      const { password, service, ca, verify, omemo } = request.body;
      const jid = bareJidOnly(request.body.jid);
      await accounts.add({ jid, password, service, ca, verify, omemo }, callerOf(request));
      if (sessions.isRunning && verify && settings.get('bot_features_enabled'))
        await sessions.online(jid, ONLINE_WITHIN_MS);
      return answered(await view(jid));
    },
  );

  app.patch(
    '/api/v1/accounts/:jid',
    {
      schema: {
        summary: 'Switch an account or its OMEMO device on or off, choose its language, make it the operator',
        params: AccountPath,
        body: ChangeAccount,
        response: { 200: AddedAccount },
      },
    },
    async (request) => {
      const jid = bareJid(request.params.jid);
      const { enabled, operator, language, omemo } = request.body;
      if (operator) await accounts.makeOperator(jid, callerOf(request));
      if (language !== undefined) await accounts.setLanguage(jid, language ?? undefined, callerOf(request));
      if (omemo !== undefined) await accounts.setOmemo(jid, omemo, callerOf(request));
      if (enabled !== undefined) await accounts.setEnabled(jid, enabled, callerOf(request));
      return answered(await view(jid));
    },
  );

  app.get(
    '/bot/account/status',
    {
      schema: {
        summary: 'Is an account switched on?',
        querystring: AccountQuery,
        response: { 200: AccountSwitched },
      },
      config: { caller: 'admin' },
    },
    async ({ query: { account } }) => {
      const { jid, isEnabled } = await accounts.known(bareJidOnly(account));
      return enveloped({ account: jid, enabled: isEnabled });
    },
  );
  app.post(
    '/bot/account/status',
    {
      schema: {
        summary: 'Switch an account on or off: it connects or disconnects',
        body: SwitchAccount,
        response: { 200: AccountSwitched },
      },
      config: { caller: 'admin' },
    },
    async (request) => {
      const jid = bareJidOnly(request.body.account);
      await accounts.setEnabled(jid, request.body.enabled, callerOf(request));
      return enveloped({ account: jid, enabled: request.body.enabled });
    },
  );

  app.delete(
    '/api/v1/accounts/:jid',
    {
      schema: {
        summary: 'Forget an account',
        params: AccountPath,
        querystring: RemoveAccount,
        response: { 200: RemovedAccount },
      },
    },
    async (request) => {
      const jid = bareJid(request.params.jid);
      const { deviceLeft } = await accounts.remove(jid, request.query.with_bots, callerOf(request));
      return answered({ removed: jid, device_left: deviceLeft ?? null });
    },
  );
};
