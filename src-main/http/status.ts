import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { answer } from '../../src-shared/api/common.ts';
import { Status } from '../../src-shared/api/status.ts';
import { reasonIn } from '../../src-shared/text/reasons.ts';
import { wishedLanguage } from './language.ts';
import type { RouteDeps } from './server.ts';
import { accountView, answered } from './views.ts';

export const statusRoutes: FastifyPluginAsyncZod<RouteDeps> = async (
  app,
  { services, clock, apiUrl, apiProblem, version },
) => {
  const { accounts, apiDoor, bots, sessions, settings } = services;
  app.get(
    '/api/v1/status',
    { schema: { summary: 'What runs here', response: { 200: answer(Status) } } },
    async (request) => {
      const language = wishedLanguage(request);
      const all = await bots.list();
      return answered({
        version,
        api_url: apiUrl(),
        api_problem: reasonIn(language, apiProblem() ?? null),
        api_mode: apiDoor.mode(),
        api_certificate: (await apiDoor.certificate()) ?? null,
        bots_enabled: settings.get('bot_features_enabled'),
        accounts: (await accounts.list()).map((account) => {
          const { jid, state, reason } = accountView({ sessions, clock, spoken: language }, account);
          return { jid, state, reason, bots: all.filter(({ owner }) => owner === jid).length };
        }),
        bots: all.map((bot) => {
          const { id, name, mode, status, owner, jid } = bot;
          return { id, name, mode, status, owner, jid };
        }),
      });
    },
  );
};
