import { reasonIn } from '../../src-shared/text/reasons.ts';
import type { BotReport } from '../engine/bots/bot-report.ts';
import { BOTS_PER_OWNER } from '../engine/bots/bot-service.ts';
import type { Bot } from '../store/bot-repository.ts';
import { type CommandContext, defineCommand } from './define-command.ts';
import { maybeABot } from './fields.ts';
import { aiLine } from './ki/state-words.ts';
import { minute } from './minute.ts';
import { shownAddress } from './shown-address.ts';
import { telegramLine } from './telegram/state-words.ts';

type Context = CommandContext<{ id: number | undefined }>;

export const status = defineCommand({
  name: 'status',
  alsoMeant: ['state', 'zustand'],
  summary: 'status.summary',
  usage: 'status.usage',
  example: 'status.example',
  fields: { id: maybeABot },
  async run(context: Context) {
    const { args, bots, owner, tx } = context;
    return args.id === undefined
      ? overview(context)
      : details(context, await bots.find(args.id, owner.jid, tx));
  },
});

/** Everything of the account, a line each. */
async function overview(context: Context): Promise<string> {
  const { tx, owner, t, bots, botReport, sessions, apiUrl } = context;
  const own = await bots.list(owner.jid, tx);
  const selected = await bots.selectedOf(owner.jid, tx);
  const reason = sessions.of(owner.jid)?.reason;
  const state = t(`state.${sessions.stateOf(owner.jid)}`);
  const lines: string[] = [];
  for (const bot of own) {
    const { pending, webhook } = await botReport(tx, bot);
    lines.push(
      t(bot.jid === '' ? 'status.bot' : 'status.bot-jid', {
        id: bot.id,
        jid: bot.jid,
        state: t(`state.${bots.stateOf(bot)}`),
        name: bot.name,
        mode: bot.mode,
        status: t(`status.${bot.status}`),
        pending,
        webhook: t(`webhook.${webhook.state}`),
      }),
      ...(await roomLines(context, bot)),
    );
  }
  return [
    t('status.title'),
    t('status.account', { jid: owner.jid, state: reason ? `${state}: ${reason}` : state }),
    t('status.bots', {
      number: own.length,
      limit: BOTS_PER_OWNER,
      active: own.filter((bot) => bot.status === 'active').length,
    }),
    ...lines,
    selected ? t('status.selected', { id: selected.id, name: selected.name }) : t('status.none-selected'),
    t('status.api-url', { url: apiUrl }),
  ].join('\n');
}

/** One bot: the guide's labels in the guide's order, then what else is known. */
async function details(context: Context, bot: Bot): Promise<string> {
  const { tx, t, ai, bots, botReport, telegram, apiUrl } = context;
  const report = await botReport(tx, bot);
  const commands = report.commands.map(({ command }) => `/${command}`).join(', ');
  return [
    t('bot.name', { name: bot.name }),
    `ID: ${bot.id}`,
    t('bot.mode', { mode: bot.mode }),
    t('bot.status', { status: t(`status.${bot.status}`) }),
    bot.jid ? `JID: ${bot.jid}` : t('bot.owners-jid', { jid: bot.owner }),
    webhookLine(context, report),
    t('bot.commands', { commands: commands || t('bot.no-commands') }),
    `API: ${apiUrl}`,
    t('bot.state', { state: t(`state.${bots.stateOf(bot)}`) }),
    bot.mode === 'personal' && t('bot.scope', { scope: report.scope, meaning: t(`scope.${report.scope}`) }),
    t('bot.pending', { pending: report.pending }),
    aiLine(await ai.shown(bot), t),
    telegramLine(await telegram.shown(bot), t),
    bot.description && t('bot.description', { description: bot.description }),
    ...(await roomLines(context, bot)),
    ...(await tokenLines(context, bot)),
    bot.lastActive !== undefined && t('bot.last-active', { at: minute(bot.lastActive * 1_000) }),
  ]
    .filter(Boolean)
    .join('\n');
}

function webhookLine({ t, language }: Context, { webhook }: BotReport): string {
  const state = t(`webhook.${webhook.state}`);
  if (webhook.state === 'off') return t('bot.webhook', { webhook: state });
  const line = t('bot.webhook', { webhook: `${shownAddress(webhook.url)} (${state})` });
  if (webhook.state === 'active') return line;
  return `${line}\n${t('bot.webhook-error', { error: reasonIn(language, webhook.lastError ?? ''), at: minute(webhook.nextTryAt) })}`;
}

/** Its rooms, a line each, with what keeps it out of one. */
async function roomLines({ t, rooms }: Context, bot: Bot): Promise<string[]> {
  return (await rooms.list(bot)).map(({ jid, state, reason, problem }) => {
    const why = problem ?? (reason && reason !== 'left' ? t(`room.out.${reason}`) : undefined);
    const standing = t(`room.state.${state}`);
    return t('bot.room', { room: jid, state: why ? `${standing}: ${why}` : standing });
  });
}

/** What the tokens may do and when they were last used; never a token. */
async function tokenLines({ tx, t, tokens }: Context, { id }: Bot): Promise<string[]> {
  const inUse = await tokens.inUse(id, tx);
  if (inUse.length === 0) return [t('bot.no-token')];
  return inUse.map(({ scopes, usedAt, endsAt }) => {
    const values = {
      scopes: scopes.join(', '),
      used:
        usedAt === undefined ? t('bot.token-unused') : t('bot.token-used', { at: minute(usedAt * 1_000) }),
    };
    return endsAt === undefined
      ? t('bot.token', values)
      : t('bot.old-token', { ...values, at: minute(endsAt * 1_000) });
  });
}
