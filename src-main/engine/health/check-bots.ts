import { amount } from '../../../src-shared/text/said.ts';
import type { BotErrand } from '../../store/bot-errand-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { BotConnection } from '../bots/bot-connection.ts';
import type { WebhookInfo } from '../webhooks/webhook-service.ts';
import type { Observation } from './observation.ts';

/** How a dedicated bot stands with its server and its owner. */
export function observeBot(bot: Bot, standing: BotConnection): Observation {
  const { id, name, owner } = bot;
  const { jid, state, reason, isPublished, ownerDevices, waiting } = standing;
  const values = { bot: name, id, jid, account: owner, reason: reason ?? '' };
  const about = { values, botId: id, account: owner };
  if (state === 'failed') return { ...about, level: 'error', code: 'bot.failed', action: 'restart-bot' };
  if (state === 'offline')
    return { ...about, level: 'warning', code: 'bot.offline', action: 'switch-on-account' };
  if (state !== 'online') return { ...about, level: 'warning', code: 'bot.trying' };
  if (isPublished === false)
    return { ...about, level: 'error', code: 'bot.unpublished', action: 'restart-bot' };
  if (ownerDevices === 0) return { ...about, level: 'error', code: 'bot.no-device' };
  if (waiting.length === ownerDevices) {
    const [device = 0] = waiting;
    return {
      ...about,
      values: { ...values, device },
      level: 'warning',
      code: 'bot.unapproved',
      action: 'bot-devices',
    };
  }
  return { ...about, level: 'ok', code: 'bot.online' };
}

/** What a bot's webhook lacks, if one is set. */
export function observeWebhook({ id, name, owner }: Bot, info: WebhookInfo): Observation[] {
  const about = { botId: id, account: owner, action: 'bot-webhook' } as const;
  const found: Observation[] = [];
  if (info.url !== undefined && info.health.failures > 0) {
    found.push({
      ...about,
      level: 'warning',
      code: 'webhook.failing',
      values: { bot: name, id, pending: amount(info.pending), reason: info.health.lastError ?? '' },
    });
  }
  if (info.deadLetters > 0) {
    const values = { bot: name, id, count: amount(info.deadLetters) };
    found.push({ ...about, level: 'note', code: 'webhook.dead', values });
  }
  return found;
}

const ERRANDS = {
  contact: 'errand.contact',
  remove: 'errand.remove',
  register: 'errand.register',
} as const;

/** An account that is still there. */
export const observeErrand = ({
  jid,
  owner,
  kind,
  reason,
}: Pick<BotErrand, 'jid' | 'owner' | 'kind' | 'reason'>): Observation => ({
  level: 'warning',
  code: ERRANDS[kind],
  values: { jid, account: owner, reason: reason ?? '' },
  account: owner,
  ...(kind !== 'contact' && { action: 'server-settings' as const }),
});
