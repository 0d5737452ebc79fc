import type { FastifyRequest } from 'fastify';
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
import { Discover, Discovered } from '../../src-shared/api/discovery.ts';
import { bareJid, bareJidOnly } from '../../src-shared/jid.ts';
import { reasonIn } from '../../src-shared/text/reasons.ts';
import { shownEndpoint } from '../engine/accounts/discover-server.ts';
import { signIns } from '../engine/accounts/sign-ins.ts';
import type { Account } from '../store/account-repository.ts';
import { callerOf } from './auth.ts';
import { goneSignal } from './gone-signal.ts';
import { wishedLanguage } from './language.ts';
import type { RouteDeps } from './server.ts';
import { accountView, answered, enveloped } from './views.ts';

export const accountRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, clock }) => {
  const { accounts, sessions } = services;
  const signIn = signIns(services);
  const shown = (request: FastifyRequest, account: Account) =>
    accountView({ sessions, clock, spoken: wishedLanguage(request) }, account);
  const view = async (request: FastifyRequest, jid: string) =>
    shown(request, await accounts.known(bareJid(jid)));

  app.get(
    '/api/v1/accounts',
    { schema: { summary: 'List accounts', response: { 200: AccountList } } },
    async (request) => answered((await accounts.list()).map((account) => shown(request, account))),
  );

  app.post(
    '/api/v1/accounts',
    {
      schema: {
        summary: 'Sign an account in; who hangs up cancels it',
        body: AddAccount,
        response: { 200: AddedAccount },
      },
    },
    async (request, reply) => {
      const { password, service, ca, verify, omemo } = request.body;
      const jid = bareJidOnly(request.body.jid);
      const given = { jid, password, service, ca, verify, omemo };
      await signIn(given, callerOf(request), goneSignal(reply));
      return answered(await view(request, jid));
    },
  );

  app.post(
    '/api/v1/discover',
    {
      schema: {
        summary: 'How a server is reached, and what it offers; nobody signs in',
        body: Discover,
        response: { 200: Discovered },
      },
    },
    async (request) => {
      const { body } = request;
      const { service, ca } = body;
      const jid = bareJidOnly(body.jid);
      // Who signs in again is trusted with the authority that is stored.
      const stored = (await accounts.find(jid))?.ca;
      const found = await services.discoverServer(jid, { service, ca: ca ?? stored });
      return answered({
        domain: found.domain,
        places: found.endpoints.map(shownEndpoint),
        websocket: found.webSocket ?? null,
        reached: found.reached ? shownEndpoint(found.reached) : null,
        mechanisms: [...found.mechanisms],
        can_sign_in: found.canSignIn,
        registration: found.offersRegistration,
        problem: found.problem
          ? {
              kind: kindOf(found.problem.kind),
              reason: reasonIn(wishedLanguage(request), found.problem.reason),
            }
          : null,
      });
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
      return answered(await view(request, jid));
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

const KINDS = ['unreachable', 'insecure', 'config'] as const;
const kindOf = (kind: string) => KINDS.find((one) => one === kind) ?? 'other';
