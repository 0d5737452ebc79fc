import { type BotId, LOCAL_TENANT } from '../../src-shared/ids.ts';
import type { Store } from './open.ts';

/** What lists show of a bot besides itself. Instants are Unix milliseconds. */
export interface BotOverview {
  waiting: number;
  dropped: number;
  deadLetters: number;
  /** Undefined while no webhook takes the updates. */
  webhook:
    | {
        url: string;
        failures: number;
        failingSince: number | undefined;
        pausedUntil: number;
        lastError: string | undefined;
        lastSuccessAt: number | undefined;
      }
    | undefined;
}

/** Reads the overviews of all bots, or of one, with a single query. */
export function botOverviews(store: Store) {
  return async (id?: number): Promise<Map<BotId, BotOverview>> => {
    let query = store.read
      .selectFrom('bot as b')
      .leftJoin('webhook_endpoint as e', 'e.bot_id', 'b.id')
      .select((x) => [
        'b.id',
        'b.waiting_updates',
        'b.dropped_updates',
        'b.webhook_url',
        'b.webhook_enabled',
        'e.failures',
        'e.failing_since',
        'e.paused_until',
        'e.last_error',
        'e.last_success_at',
        x
          .selectFrom('dead_letter as l')
          .whereRef('l.bot_id', '=', 'b.id')
          .select((y) => y.fn.countAll<number>().as('count'))
          .as('dead'),
      ])
      .where('b.tenant_id', '=', LOCAL_TENANT);
    if (id !== undefined) query = query.where('b.id', '=', id);
    const rows = await query.execute();
    return new Map(
      rows.map((row): [BotId, BotOverview] => [
        // Written by `insert` of the bots alone.
        row.id as BotId,
        {
          waiting: row.waiting_updates,
          dropped: row.dropped_updates,
          deadLetters: row.dead ?? 0,
          webhook:
            row.webhook_enabled === 1 && row.webhook_url
              ? {
                  url: row.webhook_url,
                  failures: row.failures ?? 0,
                  failingSince: row.failing_since ?? undefined,
                  pausedUntil: row.paused_until ?? 0,
                  lastError: row.last_error ?? undefined,
                  lastSuccessAt: row.last_success_at ?? undefined,
                }
              : undefined,
        },
      ]),
    );
  };
}
export type BotOverviews = ReturnType<typeof botOverviews>;
