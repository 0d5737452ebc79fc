import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { ErrorKind } from '../../src-shared/errors/entry.ts';
import { DomainError, refuse } from '../../src-shared/errors.ts';
import { describeForPrograms, describeInWindow } from '../../src-shared/text/describe-refusal.ts';
import { doorOf } from './door.ts';
import { wishedLanguage } from './language.ts';

/** The status of each kind of refusal. */
export const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  method: 405,
  conflict: 409,
  'too-large': 413,
  'media-type': 415,
  misdirected: 421,
  limit: 429,
  upstream: 502,
  unavailable: 503,
  internal: 500,
};

export const BODY_LIMIT_BYTES = 1024 * 1024;

/** Fastify's own refusals in the words of the catalogue. */
function translate(error: FastifyError): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [issue] = error.validation;
    const field = issue?.instancePath.replace(/^\//, '').replaceAll('/', '.');
    // The words of our schemas name what is wrong; those of the library do not.
    const said = issue?.message ?? '';
    const words = said === '' || said.startsWith('Invalid input') ? 'is not valid' : said;
    const whole = 'The body must be a JSON object with the fields of this route.';
    return refuse('request.invalid', { reason: field ? `\`${field}\` ${words}` : whole });
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return refuse('body.too-large', { limit: BODY_LIMIT_BYTES });
  if (error.code === 'FST_ERR_BAD_URL' || error.code === 'FST_ERR_MAX_PARAM_LENGTH') {
    return refuse('request.invalid', { reason: 'The path of the request cannot be read.' });
  }
  // Of a method that has a body, though no route knows it.
  const isWithoutType = error.code === 'FST_ERR_ROUTE_MISSING_CONTENT_TYPE';
  if (isWithoutType || error.code?.startsWith('FST_ERR_CTP')) return refuse('body.media-type', {});
  return undefined;
}

/** The one place where a refusal becomes a status and the envelope of the contract. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = translate(error);
  if (!refusal) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  const shown = refusal ?? refuse('internal', {});
  if (shown.kind === 'too-large') {
    // Who is cut off while they send never read why: the rest goes by (slow-clients.ts lets go who sends for ever).
    reply.removeHeader('connection');
    request.raw.resume();
  }
  if (shown.retryAfterS !== undefined) reply.header('retry-after', String(shown.retryAfterS));
  return reply
    .code(STATUS[shown.kind])
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(failureOf(shown, wordsFor(request, shown)));
}

/** Window and panel. */
const isWindow = ({ credential, raw }: FastifyRequest) =>
  credential?.kind === 'session' || doorOf(raw) === 'private';

/** A refusal for who sent the request: what window, panel and CLI are answered is read by people, in their language. */
export function wordsFor(request: FastifyRequest, refusal: DomainError): string {
  if (isWindow(request)) return describeInWindow(refusal, wishedLanguage(request));
  return describeForPrograms(
    refusal,
    request.url.startsWith('/api/v1/') ? wishedLanguage(request) : undefined,
  );
}

/** The envelope of a refusal, where it is not the whole answer. */
export const failureOf = ({ kind, slug, retryAfterS }: DomainError, words: string) =>
  failure(STATUS[kind], slug, words, retryAfterS);

/** The envelope of a failure (contract, section 7). */
export const failure = (status: number, slug: string, description: string, retryAfterS?: number) => ({
  ok: false as const,
  error_code: String(status),
  error: slug,
  description,
  ...(retryAfterS !== undefined && { parameters: { retry_after: retryAfterS } }),
});
