import fastifyMultipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import {
  ReceivedFileParams,
  SendFile,
  SendFileForm,
  SendMessageHeaders,
  SentFile,
} from '../../src-shared/api/messages.ts';
import { refuse } from '../../src-shared/errors.ts';
import type { GivenFile } from '../engine/files/file-passage.ts';
import type { NewFile } from '../engine/files/file-sender.ts';
import type { SentIds } from '../store/idempotency-repository.ts';
import { botOf } from './auth.ts';
import { checkSwitch } from './callers.ts';
import { FileContent, sendFile } from './file-answer.ts';
import { MULTIPART_LIMITS, readFields, readForm } from './multipart.ts';
import { recheckOf } from './recheck.ts';
import type { RouteDeps } from './server.ts';
import { enveloped } from './views.ts';

export const fileRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, logger }) => {
  const { sending, received } = services.files;
  await app.register(fastifyMultipart, { limits: MULTIPART_LIMITS, throwFileSizeLimit: false });

  const shown = ({ messageId, captionId }: SentIds) =>
    enveloped({ message_id: messageId, ...(captionId !== undefined && { caption_message_id: captionId }) });

  /** The file comes with the request. */
  const sendGiven = (request: FastifyRequest, idempotencyKey: string | undefined) => {
    const bot = botOf(request);
    return sending.counted(bot, async () => {
      const form = await readForm<GivenFile>(
        request,
        'file',
        async (part, before) => {
          // Nobody has to send a file to hear that it cannot be sent.
          const known = SendFileForm.omit({ file: true }).safeParse(before);
          if (known.success) await sending.check(bot, toSend(known.data));
          return sending.take(part.file, part.filename);
        },
        sending.drop,
      );
      try {
        const fields = readFields(SendFileForm, { ...form.fields, ...(form.kept && { file: '' }) });
        if (!form.kept) throw refuse('request.invalid', { reason: '`file` must be a file.' });
        await recheckOf(request, services)();
        return await sending.send(bot, { ...toSend(fields), idempotencyKey, given: form.kept });
      } finally {
        if (form.kept) await sending.drop(form.kept);
      }
    });
  };

  app.post(
    '/bot/sendFile',
    {
      schema: {
        summary: 'Send a file, by its address or as a form',
        description:
          'The file is uploaded to the XMPP server; in encrypted conversations, as all a dedicated bot has, it is encrypted before that.',
        body: {
          content: {
            'application/json': { schema: SendFile },
            'multipart/form-data': { schema: SendFileForm },
          },
        },
        headers: SendMessageHeaders,
        response: { 200: SentFile },
      },
      // A form is read by its own means, and no body at all has no schema.
      attachValidation: true,
      config: { caller: 'bot' },
    },
    async (request) => {
      if (request.validationError?.validationContext === 'headers') throw request.validationError;
      const headers = readFields(SendMessageHeaders, request.headers);
      const key = headers['idempotency-key'];
      if (request.isMultipart()) return shown(await sendGiven(request, key));
      const { url, ...file } = readFields(SendFile, request.body);
      return shown(await sending.sendFrom(botOf(request), { ...toSend(file), url, idempotencyKey: key }));
    },
  );

  app.get(
    '/bot/file/:token',
    {
      schema: {
        summary: 'Get a file that came with a message',
        description:
          'The address stands in `files` of an update and needs no token: who has it can get the file, until it expires. The file is fetched from where its sender put it, at most 20 MiB, and decrypted.',
        params: ReceivedFileParams,
        response: { 200: FileContent },
      },
      config: { caller: 'anybody' },
    },
    async (request, reply) => {
      checkSwitch(services.settings);
      const { name, type, sizeBytes, content, bot } = await received.open(request.params.token);
      if (request.tokenBot && request.tokenBot.id !== bot.id) {
        content.destroy();
        throw refuse('file.not-found', {});
      }
      return sendFile(request, reply, { name, type, sizeBytes, content }, { logger });
    },
  );
};

function toSend({
  to,
  caption,
  name,
  type,
}: Pick<z.output<typeof SendFile>, 'to' | 'caption' | 'name' | 'type'>): NewFile {
  return { to, caption, name, type };
}
