import type { AiOutcome, ProviderName } from '../../src-shared/api/ai.ts';
import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

/** One call of a provider. */
export interface AiCallRow {
  botId: BotId;
  provider: ProviderName;
  model: string;
  requestId: string;
  source: 'chat' | 'room' | 'api' | 'test';
  outcome: AiOutcome;
  inputTokens: number;
  outputTokens: number;
  /** The provider did not say how many tokens it were, or not of all. */
  isEstimate: boolean;
  ms: number;
  /** Unix seconds. */
  at: number;
}

/** What the calls since some moment come to. */
export interface AiUsageSum {
  calls: number;
  answers: number;
  failed: number;
  input: number;
  output: number;
}

const SHOWN_CALLS = 50;
const TEXT_LENGTH = 200;

/** What the AI of bots has used. No word of what was asked or answered is in it. */
export function aiUsageRepository(store: Store) {
  const since = (botId: BotId, from: number, tx?: Tx) =>
    (tx?.db ?? store.read).selectFrom('ai_usage').where('bot_id', '=', botId).where('created_at', '>=', from);

  return {
    /** Of a bot that is gone nothing is kept. */
    async insert(tx: Tx, call: AiCallRow): Promise<void> {
      const row = {
        provider: call.provider,
        model: call.model.slice(0, TEXT_LENGTH),
        request_id: call.requestId.slice(0, TEXT_LENGTH),
        source: call.source,
        outcome: call.outcome,
        input_tokens: call.inputTokens,
        output_tokens: call.outputTokens,
        is_estimate: call.isEstimate ? 1 : 0,
        ms: call.ms,
        created_at: call.at,
      };
      const names = Object.keys(row) as (keyof typeof row)[];
      await tx.db
        .insertInto('ai_usage')
        .columns(['bot_id', ...names])
        .expression((e) =>
          e
            .selectFrom('bot')
            .select(['id', ...names.map((name) => e.val(row[name]).as(name))])
            .where('id', '=', call.botId),
        )
        .execute();
    },
    /** How many calls with one of these outcomes were made since then, tests apart. */
    async count(botId: BotId, from: number, outcomes: readonly AiOutcome[], tx?: Tx): Promise<number> {
      const { count } = await since(botId, from, tx)
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('source', '!=', 'test')
        .where('outcome', 'in', outcomes)
        .executeTakeFirstOrThrow();
      return count;
    },
    /** When these were made, oldest first. Unix seconds. */
    async times(botId: BotId, from: number, outcomes: readonly AiOutcome[]): Promise<number[]> {
      const rows = await since(botId, from)
        .select('created_at')
        .where('source', '!=', 'test')
        .where('outcome', 'in', outcomes)
        .orderBy('created_at')
        .execute();
      return rows.map(({ created_at }) => created_at);
    },
    /** Of every call since then. */
    async tokens(botId: BotId, from: number, tx?: Tx): Promise<number> {
      const { input, output } = await since(botId, from, tx)
        .select((e) => [
          e.fn.coalesce(e.fn.sum<number>('input_tokens'), e.lit(0)).as('input'),
          e.fn.coalesce(e.fn.sum<number>('output_tokens'), e.lit(0)).as('output'),
        ])
        .executeTakeFirstOrThrow();
      return Number(input) + Number(output);
    },
    /** The sums of the days that begin at these moments, each up to the next one. Unix seconds. */
    async sums(botId: BotId, starts: readonly number[]): Promise<AiUsageSum[]> {
      const sums: AiUsageSum[] = [];
      // There may be as many rows as a bot is allowed calls: no more than their sums are taken into memory.
      for (const [at, start] of starts.entries()) {
        const row = await since(botId, start)
          .where('created_at', '<', starts[at + 1] ?? Number.MAX_SAFE_INTEGER)
          .select((e) => {
            const those = (outcome: AiOutcome) =>
              e.fn.coalesce(
                e.fn.sum<number>(e.case().when('outcome', '=', outcome).then(1).else(0).end()),
                e.lit(0),
              );
            return [
              e.fn.countAll<number>().as('calls'),
              those('answered').as('answers'),
              those('stopped').as('stopped'),
              e.fn.coalesce(e.fn.sum<number>('input_tokens'), e.lit(0)).as('input'),
              e.fn.coalesce(e.fn.sum<number>('output_tokens'), e.lit(0)).as('output'),
            ];
          })
          .executeTakeFirstOrThrow();
        const { calls, answers, stopped, input, output } = row;
        sums.push({ calls, answers, failed: calls - answers - stopped, input, output });
      }
      return sums;
    },
    /** The newest ones, newest first. */
    async newest(botId: BotId): Promise<AiCallRow[]> {
      const rows = await store.read
        .selectFrom('ai_usage')
        .selectAll()
        .where('bot_id', '=', botId)
        .orderBy('id', 'desc')
        .limit(SHOWN_CALLS)
        .execute();
      return rows.map((row) => ({
        botId,
        // Written by `insert` alone.
        provider: row.provider as ProviderName,
        model: row.model,
        requestId: row.request_id,
        source: row.source as AiCallRow['source'],
        outcome: row.outcome as AiOutcome,
        inputTokens: row.input_tokens,
        outputTokens: row.output_tokens,
        isEstimate: row.is_estimate === 1,
        ms: row.ms,
        at: row.created_at,
      }));
    },
    async forgetBefore(tx: Tx, at: number): Promise<void> {
      await tx.db.deleteFrom('ai_usage').where('created_at', '<', at).execute();
    },
  };
}
export type AiUsageRepository = ReturnType<typeof aiUsageRepository>;
