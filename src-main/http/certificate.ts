import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { answer } from '../../src-shared/api/common.ts';
import { ApiCertificate, CertificateDeleted } from '../../src-shared/api/status.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

/** The certificate of network mode. Which pair is used is a setting; this is about the self-made one. */
export const certificateRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  const { apiDoor, apiServer } = services;

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
