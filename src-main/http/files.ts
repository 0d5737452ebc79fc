import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  ReceivedFileParams,
  SendFile,
  SendFileForm,
  SendMessageHeaders,
  SentFile,
} from '../../src-shared/api/messages.ts';
import { refuse } from '../../src-shared/errors.ts';
import type { GivenFile, NewFile } from '../engine/files/file-sender.ts';
import type { SentIds } from '../store/idempotency-repository.ts';
import { botOf } from './auth.ts';
import { checkSwitch } from './callers.ts';
import { MULTIPART_LIMITS, readFields, readForm } from './multipart.ts';
import type { RouteDeps } from './server.ts';
import { enveloped } from './views.ts';

/** A program that stops reading is dropped. */
const SLOW_READER_MS = 60_000;
/** The file as bytes; whatever it is, a browser that is led here shows none of it. */
const FileContent = {
  content: {
    '*/*': {
      schema: z.custom<Readable>().meta({ type: 'string', contentMediaType: 'application/octet-stream' }),
    },
  },
};
const CONTENT_SECURITY_POLICY = "sandbox; default-src 'none'";

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
      content.once('error', (error) => logger.warn({ err: error }, 'a file could not be handed out'));
      dropSlowReader(request, reply);
      return reply
        .headers({
          'content-length': String(sizeBytes),
          'content-disposition': disposition(name),
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
        })
        .type(type)
        .send(content);
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

function dropSlowReader({ raw: { socket } }: FastifyRequest, reply: FastifyReply): void {
  // An injected request has no connection.
  if (!(socket instanceof Socket)) return;
  const drop = () => socket.destroy();
  socket.setTimeout(SLOW_READER_MS, drop);
  // What comes next on the connection may wait as long as it likes.
  reply.raw.once('close', () => socket.off('timeout', drop));
}

/** To be saved, not shown (RFC 6266): the name once for old programs, once for all others. */
function disposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
