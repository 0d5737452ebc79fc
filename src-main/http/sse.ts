import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { Scope } from '../base/scope.ts';
import { mayBeCut } from './drain.ts';

const HEARTBEAT_MS = 25_000;
/** Who leaves so much unread is let go. */
const UNREAD_LIMIT_BYTES = 256 * 1024;
/** Who has read nothing for so long is let go. */
export const SLOW_MS = 30_000;

/** The program is gone, or reads too slowly. */
export class HungUp extends Error {}

/**
 * Resolves when there is room for more, so that no more is held in memory than one piece. Rejects with `HungUp` when the
 * other side is gone; one that does not read is cut off.
 */
export async function writeWhenRead(raw: ServerResponse, text: string, clock: Clock): Promise<void> {
  if (raw.destroyed) throw new HungUp();
  if (raw.write(text)) return;
  const scope = new Scope();
  try {
    await new Promise<void>((resolve, reject) => {
      const gone = () => reject(new HungUp());
      raw.once('drain', resolve).once('close', gone);
      scope.add(() => void raw.off('drain', resolve).off('close', gone));
      clock.after(scope, SLOW_MS, () => raw.destroy());
    });
  } finally {
    await scope.close();
  }
}

/**
 * For what is announced and cannot wait: writes at once, and lets go who has left too much unread. Such a client calls
 * again and asks for what there is then.
 */
export function writeNow(raw: ServerResponse, text: string): void {
  if (raw.writableLength > UNREAD_LIMIT_BYTES) raw.destroy();
  else raw.write(text);
}

/**
 * Takes the answer over for server-sent events, which begin with `first`. A comment line now and then shows both sides,
 * and what is between them, that the stream lives. The comments end with the scope.
 */
export function beginStream(
  request: FastifyRequest,
  reply: FastifyReply,
  { first, clock }: { first: string; clock: Clock },
): { raw: ServerResponse; scope: Scope } {
  const scope = new Scope();
  const { raw } = reply.hijack();
  // What the command line hands in without an engine comes over no connection.
  if (request.raw.socket instanceof Socket) request.raw.socket.setTimeout(0);
  mayBeCut(request.raw);
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  raw.write(first);
  const beat = () => {
    if (!raw.writableNeedDrain) raw.write(': still here\n\n');
    clock.after(scope, HEARTBEAT_MS, beat);
  };
  clock.after(scope, HEARTBEAT_MS, beat);
  return { raw, scope };
}

/** Calls back when the other side is gone, which may be the case already. */
export function onHungUp(raw: ServerResponse, listener: () => void): void {
  raw.once('close', listener);
  if (raw.destroyed) listener();
}
