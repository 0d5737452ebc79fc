import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { answer } from '../../src-shared/api/common.ts';
import { ApiCertificate, ApiServer, CertificateDeleted, GivenPair } from '../../src-shared/api/status.ts';
import { reasonIn } from '../../src-shared/text/reasons.ts';
import type { ApiServerState } from '../engine/settings/api-server.ts';
import { callerOf } from './auth.ts';
import { wishedLanguage } from './language.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

/** How the API is reached, and its certificate. Mode, port and which pair is used are settings; this is about the rest. */
export const certificateRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { apiDoor, apiServer } = services;

  app.get(
    '/api/v1/server',
    { schema: { summary: 'How the API is reached now', response: { 200: answer(ApiServer) } } },
    async (request) => answered(serverView(request, await apiServer.state())),
  );

  app.get(
    '/api/v1/certificate',
    {
      schema: {
        summary: 'The certificate of network mode; null in local mode',
        response: { 200: answer(ApiCertificate.nullable()) },
      },
    },
    async () => answered((await apiDoor.certificate()) ?? null),
  );

  app.post(
    '/api/v1/certificate',
    {
      schema: {
        summary: 'Use this pair of certificate and key; the settings name it then',
        body: GivenPair,
        response: { 200: answer(ApiServer) },
      },
    },
    async (request) =>
      answered(serverView(request, await services.ownCertificate(request.body, callerOf(request)))),
  );

  app.post(
    '/api/v1/certificate/renew',
    {
      schema: {
        summary: 'Make another self-made certificate; programs that trust the old one need the new one',
        response: { 200: answer(ApiCertificate) },
      },
    },
    async (request) => answered(await apiServer.renewCertificate(callerOf(request))),
  );

  app.delete(
    '/api/v1/certificate',
    {
      schema: {
        summary:
          'Take the self-made certificate away; where one is used, another one is there at once. `deleted` says whether there was one',
        response: { 200: answer(CertificateDeleted) },
      },
    },
    async (request) => answered({ deleted: await apiServer.deleteCertificate(callerOf(request)) }),
  );
};

const serverView = (
  request: FastifyRequest,
  { problem, certificate, given, addresses, ...state }: ApiServerState,
) => ({
  ...state,
  addresses: [...addresses],
  problem: reasonIn(wishedLanguage(request), problem ?? null),
  certificate: certificate ?? null,
  given: { mode: given.mode ?? null, port: given.port ?? null },
});
