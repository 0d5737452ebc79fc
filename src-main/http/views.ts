import type { z } from 'zod';
import type { Account as AccountView } from '../../src-shared/api/accounts.ts';
import type { Bot as BotView } from '../../src-shared/api/bots.ts';
import type { Services } from '../engine/engine.ts';
import type { Account } from '../store/account-repository.ts';
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

export function accountView(
  sessions: Services['sessions'],
  { jid, isEnabled, isOperator, service, language, hasOmemo }: Account,
): z.infer<typeof AccountView> {
  const reason = sessions.of(jid)?.reason ?? null;
  return {
    jid,
    enabled: isEnabled,
    operator: isOperator,
    service: service ?? null,
    language: language ?? null,
    omemo: hasOmemo,
    state: sessions.stateOf(jid),
    reason,
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
