import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { HealthQuery, HealthReport } from '../../src-shared/api/health.ts';
import { TELLS_USERS_APART } from './browser-guard.ts';
import { wishedLanguage } from './language.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

export const healthReportRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  app.get(
    '/api/v1/health',
    {
      schema: {
        summary: 'What is wrong, and how it is mended',
        querystring: HealthQuery,
        response: { 200: HealthReport },
      },
    },
    async (request) => {
      const language = request.query.lang ?? wishedLanguage(request);
      return answered(await services.health.report(language, { tellsUsersApart: TELLS_USERS_APART }));
    },
  );
};
