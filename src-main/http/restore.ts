import fastifyMultipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Restored, RestoreForm } from '../../src-shared/api/backup.ts';
import { refuse } from '../../src-shared/errors.ts';
import type { HeldBackup } from '../engine/admin/restorer.ts';
import { callerOf } from './auth.ts';
import { MULTIPART_LIMITS, readFields, readForm } from './multipart.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

/** Brings a backup in through the window. The engine checks it first, and starts anew with it after the answer. */
export const restoreRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, restorer }) => {
  await app.register(fastifyMultipart, { limits: MULTIPART_LIMITS, throwFileSizeLimit: false });

  app.post(
    '/api/v1/restore',
    {
      schema: {
        summary: 'Put a backup in the place of everything that is here; the engine starts anew',
        description:
          'The file is checked first: when it is refused, nothing has changed. What was here before is kept aside in the data folder.',
        body: { content: { 'multipart/form-data': { schema: RestoreForm } } },
        response: { 200: Restored },
      },
      // A form is read by its own means.
      attachValidation: true,
      // As with a backup: the whole of the data, its key included, is for who sits at this machine.
      config: { caller: 'keeper' },
    },
    async (request, reply) => {
      if (!restorer) throw refuse('restore.not-here', {});
      if (!request.isMultipart())
        throw refuse('request.invalid', { reason: 'The body must be a form with `file` and `passphrase`.' });
      const held = await restorer.hold();
      try {
        const { fields, kept } = await readForm<HeldBackup>(
          request,
          'file',
          (part) => held.take(part.file),
          async () => undefined,
        );
        const { passphrase } = readFields(RestoreForm, { ...fields, ...(kept && { file: '' }) });
        if (!kept) throw refuse('request.invalid', { reason: '`file` must be a file.' });
        const { createdAt, version, apply } = await held.check(passphrase);
        await services.store.write((tx) =>
          services.audit.note(tx, callerOf(request), { action: 'restore', details: version }),
        );
        // Who asked hears of it before the engine goes.
        reply.raw.once('close', apply);
        return answered({ created_at: createdAt, version, restarting: true as const });
      } catch (error) {
        await held.drop();
        throw error;
      }
    },
  );
};
