import type { BotSettingValue } from '../../../src-shared/api/bot-settings.ts';
import type { Clock } from '../../base/clock.ts';
import type { BotCommand, BotCommandRepository } from '../../store/bot-command-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { UpdateRepository } from '../../store/update-repository.ts';
import type { WebhookEndpointRepository } from '../../store/webhook-endpoint-repository.ts';
import type { BotSettings } from './bot-settings.ts';

interface BotReportDeps {
  commands: BotCommandRepository;
  updates: UpdateRepository;
  endpoints: WebhookEndpointRepository;
  settings: BotSettings;
  clock: Clock;
}

/** How a bot is doing, put together from what several services know. */
export interface BotReport {
  /** Updates that nobody has fetched or taken yet. */
  pending: number;
  commands: readonly BotCommand[];
  scope: BotSettingValue<'scope'>;
  webhook:
    | { state: 'off' }
    | { state: 'active'; url: string }
    | { state: 'failing'; url: string; lastError: string | undefined; nextTryAt: number };
}

/** Reads how a bot is doing, as the unit sees it. */
export function botReport({ commands, updates, endpoints, settings, clock }: BotReportDeps) {
  async function webhookOf(tx: Tx, { id, webhookUrl: url }: Bot): Promise<BotReport['webhook']> {
    if (url === undefined) return { state: 'off' };
    const { failures, lastError, pausedUntil } = await endpoints.of(id, tx);
    if (failures === 0) return { state: 'active', url };
    // A pause that is over: the next try is due now.
    return { state: 'failing', url, lastError, nextTryAt: Math.max(pausedUntil, clock.now()) };
  }

  return async (tx: Tx, bot: Bot): Promise<BotReport> => ({
    pending: (await updates.counts(bot.id, tx)).waiting,
    commands: await commands.of(bot.id, tx),
    scope: settings.get(bot.id, 'scope'),
    webhook: await webhookOf(tx, bot),
  });
}
export type ReportBot = ReturnType<typeof botReport>;
