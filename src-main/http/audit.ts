import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { CalledActor } from '../../src-shared/access.ts';
import { AuditQuery, AuditRows } from '../../src-shared/api/audit.ts';
import { isNoted } from '../../src-shared/audit-actions.ts';
import { DomainError } from '../../src-shared/errors.ts';
import type { Logger } from '../base/logger.ts';
import { callerOf } from './auth.ts';
import { doorOf } from './door.ts';
import type { RouteDeps } from './server.ts';
import { answered } from './views.ts';

/** Who was refused. Without a token, over the public door, nobody is known: whoever it was did not become the admin. */
function refusedCaller(request: FastifyRequest) {
  const { actor, from } = callerOf(request);
  // A bot's token on an admin route makes nobody the admin.
  if (request.tokenBot && !request.credential) return { actor: `bot ${request.tokenBot.id}`, from };
  const isKnown = request.credential || doorOf(request.raw) !== 'public';
  return { actor: isKnown ? actor : ('unknown' satisfies CalledActor), from };
}

/** Notes in the audit log what the HTTP edge refuses; the trail sees to it that this stays little. */
export function auditRefusals(
  app: FastifyInstance,
  { audit, logger }: { audit: RouteDeps['services']['audit']; logger: Logger },
): void {
  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof DomainError) || !isNoted(error)) return;
    const act = {
      action: error.code,
      botId: request.tokenBot?.id,
      // The pattern of the route: paths are endless, and may hold what is no business of the log.
      details: `${request.method} ${request.routeOptions.url ?? '(no such route)'}`,
    };
    // The answer does not wait for it.
    audit
      .refused(refusedCaller(request), act)
      .catch((failure: unknown) => logger.error({ err: failure }, 'a refusal could not be noted'));
  });
}

export const auditRoutes: FastifyPluginAsyncZod<RouteDeps> = async (app, { services: { audit } }) => {
  for (const path of ['/bot/audit', '/api/v1/audit']) {
    app.get(
      path,
      {
        schema: {
          summary: 'Who did what, from where: the newest first',
          querystring: AuditQuery,
          response: { 200: AuditRows },
        },
        config: { caller: 'admin' },
      },
      async ({ query: { id: botId, before, limit } }) => {
        const rows = await audit.page({ before, limit, botId });
        return answered(
          rows.map(({ id, botId: bot, action, details, actor, from, outcome, at }) => ({
            id,
            bot_id: bot ?? null,
            action,
            details: details ?? '',
            actor,
            ip_address: from,
            outcome,
            timestamp: at,
          })),
        );
      },
    );
  }
};
