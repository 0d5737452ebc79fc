import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Logger } from '../base/logger.ts';

/** A program that stops reading is dropped. */
const SLOW_READER_MS = 60_000;
/** The file as bytes; whatever it is, a browser that is led here runs none of it. */
export const FileContent = {
  content: {
    '*/*': {
      schema: z.custom<Readable>().meta({ type: 'string', contentMediaType: 'application/octet-stream' }),
    },
  },
};
const CONTENT_SECURITY_POLICY = "sandbox; default-src 'none'";
/** What a browser may show by itself: pictures that can hold no program. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']);

interface HandedOut {
  name: string;
  type: string;
  sizeBytes: number;
  content: Readable;
}

/** Hands a file out that somebody sent. `showsPictures`: a browser may show a picture; it saves everything else. */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, type, sizeBytes, content }: HandedOut,
  { logger, showsPictures = false }: { logger: Logger; showsPictures?: boolean },
): FastifyReply {
  content.once('error', (error) => logger.warn({ err: error }, 'a file could not be handed out'));
  dropSlowReader(request, reply);
  const way = showsPictures && SHOWN.has(type) ? 'inline' : 'attachment';
  return reply
    .headers({
      'content-length': String(sizeBytes),
      'content-disposition': disposition(way, name),
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    })
    .type(type)
    .send(content);
}

function dropSlowReader({ raw: { socket } }: FastifyRequest, reply: FastifyReply): void {
  // An injected request has no connection.
  if (!(socket instanceof Socket)) return;
  const drop = () => socket.destroy();
  socket.setTimeout(SLOW_READER_MS, drop);
  // What comes next on the connection may wait as long as it likes.
  reply.raw.once('close', () => socket.off('timeout', drop));
}

/** RFC 6266: the name once for old programs, once for all others. */
function disposition(way: 'attachment' | 'inline', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${way}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
