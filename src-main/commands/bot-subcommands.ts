import { z } from 'zod';
import type { Caller } from '../../src-shared/access.ts';
import type { TextKey } from '../../src-shared/text/en.ts';
import type { Language, Translate } from '../../src-shared/text/translate.ts';
import type { Account } from '../store/account-repository.ts';
import type { Bot } from '../store/bot-repository.ts';
import { type Command, type CommandServices, defineCommand, type Field } from './define-command.ts';
import { confirmed } from './fields.ts';
import { runAheadOfUnit, runInUnit, type Subcommands } from './subcommands.ts';
import type { TelegramDrafts } from './telegram/drafts.ts';

/** What such a command makes its request from. */
export interface OwnerContext extends CommandServices {
  owner: Account;
  caller: Caller;
  telegramDrafts: TelegramDrafts;
  language: Language;
  t: Translate;
}

interface Declared<R> extends Pick<Command, 'name' | 'alsoMeant' | 'summary' | 'usage' | 'example'> {
  subcommands: Subcommands<R>;
  /** What a form calls the choice of one, and what that needs. */
  labels: { page: TextKey; value: TextKey };
  /** Some of them ask before something that cannot be taken back; `yes` behind them says it. */
  asksBack?: true;
  /** What the subcommands are given, for the bot that is selected. */
  requestOf(context: OwnerContext, bot: Bot, signal: AbortSignal): R;
}

const NOBODY_LEAVES = new AbortController().signal;

/** A command of the chat with oneself, about the bot that is selected; what is typed behind it may hold a secret. */
export function botSubcommands<R>({
  subcommands,
  labels,
  asksBack,
  requestOf,
  ...declared
}: Declared<R>): Command {
  /** What to do, with what it needs where that is typed behind it. */
  const page: Field<string> = {
    label: labels.page,
    input: 'choice',
    choices: subcommands.pages.map(({ name: value, summary: label }) => ({ value, label })),
    takes: 'rest',
    isOptional: true,
    schema: z.string(),
  };
  /** In a form it has a field of its own. */
  const value: Field<string> = {
    label: labels.value,
    input: 'lines',
    takes: 'nothing',
    isOptional: true,
    schema: z.string(),
  };
  const both = { page, value };
  const fields = asksBack ? { ...both, confirmed: { ...confirmed, takes: 'nothing' as const } } : both;
  const typedIn = (args: { page: string; value: string; confirmed?: boolean }) =>
    [args.page, args.value, args.confirmed ? 'yes' : ''].filter(Boolean).join(' ');

  return defineCommand({
    ...declared,
    takesSecret: true,
    isMenu: true,
    fields,
    // A yes changes nothing about that.
    place: ({ page = '', value = '' }) => subcommands.act(typedIn({ page, value })).place,
    holdsSecret: subcommands.holdsSecret,
    async run({ args, ...context }) {
      const bot = await context.bots.selectedOf(context.owner.jid, context.tx);
      if (!bot) return context.t('no-bot');
      const act = subcommands.act(typedIn(args));
      return runInUnit(act, { ...requestOf(context, bot, NOBODY_LEAVES), tx: context.tx });
    },
    async runAhead({ args, ...context }) {
      const bot = await context.bots.selectedOf(context.owner.jid);
      if (!bot) return context.t('no-bot');
      const act = subcommands.act(typedIn(args));
      return runAheadOfUnit(act, requestOf(context, bot, context.signal));
    },
  });
}
