import fastifyMultipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  ChatFilePath,
  ChatPath,
  WriteFile,
  WriteHeaders,
  WrittenMessage,
} from '../../src-shared/api/chats.ts';
import { refuse } from '../../src-shared/errors.ts';
import type { GivenFile } from '../engine/files/file-passage.ts';
import { FileContent, sendFile } from './file-answer.ts';
import { goneSignal } from './gone-signal.ts';
import { MULTIPART_LIMITS, readFields, readForm } from './multipart.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

/** Files of conversations, sent in the window and looked at there. */
export const chatFileRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services, logger }) => {
  const { chats, files } = services;
  await app.register(fastifyMultipart, { limits: MULTIPART_LIMITS, throwFileSizeLimit: false });

  app.post(
    '/api/v1/chats/:account/:jid/files',
    {
      schema: {
        summary: 'Send a file',
        description:
          'The file is uploaded to the XMPP server; in encrypted conversations it is encrypted before that. Who hangs up cancels it.',
        params: ChatPath,
        headers: WriteHeaders,
        body: { content: { 'multipart/form-data': { schema: WriteFile } } },
        response: { 200: WrittenMessage },
      },
      // A form is read by its own means.
      attachValidation: true,
    },
    async (request, reply) => {
      if (['params', 'headers'].includes(request.validationError?.validationContext ?? ''))
        throw request.validationError;
      const key = readFields(WriteHeaders, request.headers)['idempotency-key'];
      if (!request.isMultipart()) throw refuse('body.media-type', {});
      const { account, jid } = request.params;
      const place = await chats.list.find(account, jid);
      const chat = chats.written(place);
      const signal = goneSignal(reply);
      const form = await readForm<GivenFile>(
        request,
        'file',
        async (part, before) => {
          // Nobody has to send a file to hear that it cannot be sent.
          const known = WriteFile.omit({ file: true }).safeParse(before);
          if (known.success) await chats.writing.wayFor(chat, known.data.caption);
          return files.sending.take(part.file, part.filename);
        },
        files.sending.drop,
      );
      try {
        const { caption } = readFields(WriteFile, { ...form.fields, ...(form.kept && { file: '' }) });
        if (!form.kept) throw refuse('request.invalid', { reason: '`file` must be a file.' });
        const sent = await chats.writing.sendFile(chat, { given: form.kept, caption, signal, key });
        return answered(await chats.message(place, sent));
      } finally {
        if (form.kept) await files.sending.drop(form.kept);
      }
    },
  );

  app.get(
    '/api/v1/chat-files/:token',
    {
      schema: {
        summary: 'The file of a message',
        description:
          'The path stands in `files` of the message. The file is fetched from where it lies, at most 20 MiB.',
        params: ChatFilePath,
        response: { 200: FileContent },
      },
    },
    async (request, reply) => {
      const file = await chats.files.open(request.params.token);
      return sendFile(request, reply, file, { logger, showsPictures: true });
    },
  );
};
