import type { z } from 'zod';
import type { Account as AccountView } from '../../src-shared/api/accounts.ts';
import type { BotResource } from '../../src-shared/api/bot-resources.ts';
import type { Bot as BotView } from '../../src-shared/api/bots.ts';
import { causeOf, reasonIn } from '../../src-shared/text/reasons.ts';
import type { Language } from '../../src-shared/text/translate.ts';
import type { Clock } from '../base/clock.ts';
import type { Services } from '../engine/engine.ts';
import type { Account } from '../store/account-repository.ts';
import type { BotOverview } from '../store/bot-overview-repository.ts';
import type { Bot } from '../store/bot-repository.ts';

/** A bot as the API shows it; with its token where that may be shown. */
export async function botView(
  { bots, tokens, settings, apiDoor }: Pick<Services, 'bots' | 'tokens' | 'settings' | 'apiDoor'>,
  bot: Bot,
): Promise<BotView> {
  const { id, name, jid, mode, status, description, createdAt, lastActive } = bot;
  const isShown = settings.get('token_display') && apiDoor.mode() === 'local';
  const token = isShown ? await tokens.of(id) : undefined;
  return {
    id,
    name,
    jid,
    mode,
    status,
    description,
    created_at: createdAt,
    ...(token !== undefined && { token }),
    state: bots.stateOf(bot),
    last_active: lastActive ?? null,
  };
}

/** What waits for a bot, and how its webhook is doing. */
export function countsView(
  overview: BotOverview | undefined,
  nextTryAt: number | undefined,
): Pick<z.infer<typeof BotResource>, 'waiting_updates' | 'dropped_updates' | 'dead_letters' | 'webhook'> {
  const { waiting = 0, dropped = 0, deadLetters = 0, webhook } = overview ?? {};
  return {
    waiting_updates: waiting,
    dropped_updates: dropped,
    dead_letters: deadLetters,
    webhook: webhook
      ? {
          url: webhook.url,
          state: webhook.failures > 0 ? 'failing' : 'ok',
          last_error: webhook.lastError ?? null,
          cause: causeOf(webhook.lastError),
          failing_since: secondsOf(webhook.failingSince),
          next_try: secondsOf(nextTryAt),
          last_success: secondsOf(webhook.lastSuccessAt),
        }
      : null,
  };
}

const secondsOf = (ms: number | undefined) => (ms === undefined ? null : Math.floor(ms / 1_000));

/** An account as the window shows it, with its reason in the language that was asked for. */
export function accountView(
  { sessions, clock, spoken }: { sessions: Services['sessions']; clock: Clock; spoken: Language },
  { jid, isEnabled, isOperator, service, ca, language, hasOmemo }: Account,
): z.infer<typeof AccountView> {
  const session = sessions.of(jid);
  const reason = reasonIn(spoken, session?.reason ?? null);
  /** What a monotonic instant is by the clock on the wall. */
  const instant = (ms: number | undefined) => secondsOf(ms && clock.now() + (ms - clock.monotonic()));
  return {
    jid,
    enabled: isEnabled,
    operator: isOperator,
    service: service ?? null,
    own_ca: ca !== undefined,
    language: language ?? null,
    omemo: hasOmemo,
    state: sessions.stateOf(jid),
    reason,
    away_since: instant(session?.awaySinceMs),
    next_try: instant(session?.nextTryAtMs),
  };
}

/** An object answer: its members at the top level and in `result`. */
export const enveloped = <Result extends object>(result: Result) => ({
  ...result,
  ok: true as const,
  result,
});

/** A list, or `true`. */
export const answered = <Result>(result: Result) => ({ ok: true as const, result });
