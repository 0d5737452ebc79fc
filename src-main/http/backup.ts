import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { BackupFile, MakeBackup } from '../../src-shared/api/backup.ts';
import { callerOf } from './auth.ts';
import type { RouteDeps } from './server.ts';

/** The caller writes the file: it is theirs, wherever they want it, and the engine needs no right to that place. */
export const backupRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services }) => {
  app.post(
    '/api/v1/backup',
    {
      schema: {
        summary: 'A backup, sealed with a passphrase',
        body: MakeBackup,
        response: { 200: BackupFile },
      },
      config: { caller: 'keeper' },
    },
    async (request, reply) => {
      const stream = await services.backups.make(request.body.passphrase, callerOf(request));
      return reply.type('application/octet-stream').send(stream);
    },
  );
};
