import type { CalledPlace } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { describeInChat } from '../../../src-shared/text/describe-refusal.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Services } from '../../engine/engine.ts';
import type { CommandRunner } from '../../engine/messages/inbound-roles.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import { type CommandAnswer, chatAnswer } from '../answer.ts';
import type { ApiServices } from '../api/request.ts';
import type { KiServices } from '../ki/request.ts';
import { lateNotice } from '../late-notice.ts';
import { nearest, resembles } from '../nearest.ts';
import { parseCommand } from '../parse.ts';
import { telegramDrafts } from '../telegram/drafts.ts';
import type { TelegramServices } from '../telegram/request.ts';
import { menuCommands } from './index.ts';

const ALWAYS = new AbortController().signal;

type MenuServices = Pick<
  Services,
  'accounts' | 'audit' | 'bots' | 'botCommands' | 'chats' | 'omemoDevices' | 'settings'
> &
  ApiServices &
  KiServices &
  TelegramServices;

/** The chat edge of dedicated bots: finds the declaration and runs it for the bot whose account was written to. */
export function menuRouter(services: MenuServices): CommandRunner {
  const { accounts, audit, bots, settings } = services;
  const byName = new Map(
    menuCommands.flatMap((command) =>
      [command.name, ...(command.aliases ?? [])].map((name) => [name, command]),
    ),
  );
  const drafts = telegramDrafts();
  const names = menuCommands.filter(({ isHidden }) => !isHidden).map(({ name }) => name);

  async function botOf(account: Account, tx?: Tx): Promise<Bot> {
    if (account.botId === undefined) throw new Error('a menu belongs to the account of a bot');
    return bots.find(account.botId, undefined, tx);
  }
  /** A bot speaks its owner's language. */
  async function languageOf(bot: Bot, tx?: Tx): Promise<Language> {
    const owner = await accounts.find(bot.owner, tx);
    return owner?.language ?? settings.get('language');
  }
  const callerOf = (bot: Bot) => ({ actor: bot.owner, from: 'chat' satisfies CalledPlace });

  const restOf = (text: string) => parseCommand(text)?.rest ?? '';
  const commandOf = (text: string) => byName.get(parseCommand(text)?.name ?? '');

  /** What the command works with; `told` says its answer. */
  async function begin(
    account: Account,
    text: string,
    { isEncrypted, signal = ALWAYS }: { isEncrypted: boolean; signal?: AbortSignal },
    tx?: Tx,
  ) {
    if (!settings.get('bot_features_enabled')) throw refuse('bots.disabled', {});
    const bot = await botOf(account, tx);
    const person = await accounts.find(bot.owner, tx);
    const language = await languageOf(bot, tx);
    const t = translate(language);
    const rest = restOf(text);
    const words = rest.split(/\s+/).filter(Boolean);
    return {
      context: {
        services,
        bot,
        account,
        person,
        caller: callerOf(bot),
        isEncrypted,
        words,
        rest,
        signal,
        telegramDrafts: drafts,
        language,
        t,
      },
      told: (answer: CommandAnswer) => chatAnswer(answer, { jid: account.jid, t }),
    };
  }

  return {
    list(language) {
      const t = translate(language);
      return menuCommands
        .filter(({ isHidden }) => !isHidden)
        .map(({ name, usage, summary, isMenu = false }) => ({
          name,
          usage: t(usage),
          summary: t(summary),
          isMenu,
        }));
    },
    has: (name) => byName.has(name),
    resembles: (name) => resembles(name, names),
    placeOf(text) {
      const command = commandOf(text);
      return command?.place?.(restOf(text)) ?? (command?.runAhead ? 'ahead' : 'unit');
    },
    holdsSecret: (text) => commandOf(text)?.holdsSecret?.(restOf(text)) ?? false,
    async runAhead(account, text, how) {
      const { context, told } = await begin(account, text, how);
      const answer = await commandOf(text)?.runAhead?.(context);
      if (answer === undefined) throw new Error('this command runs in the unit');
      return told(answer);
    },
    async run(tx, account, text, how) {
      const command = commandOf(text);
      if (!command) return { text: await this.unknown(tx, account, text) };
      const { context, told } = await begin(account, text, how, tx);
      const answer = await command.run?.({ ...context, tx });
      if (answer === undefined) throw new Error(`/${command.name} runs before the unit`);
      return told(answer);
    },
    async refused(tx, account, text, error) {
      const bot = await botOf(account, tx);
      const name = byName.get(parseCommand(text)?.name ?? '')?.name ?? '';
      const act = { action: `menu.${name}`, botId: bot.id, details: error.code } as const;
      await audit.refused(callerOf(bot), act, tx);
      return describeInChat(error, await languageOf(bot, tx));
    },
    async unknown(tx, account, text) {
      const t = translate(await languageOf(await botOf(account, tx), tx));
      const name = parseCommand(text)?.name ?? '';
      const command = `/${name.slice(0, 40)}`;
      const meant = nearest(name, names);
      return meant ? t('unknown.nearest', { command, nearest: `/${meant}` }) : t('unknown.line', { command });
    },
    async tooLate(tx, account, late) {
      const t = translate(await languageOf(await botOf(account, tx), tx));
      return lateNotice(late, (name) => byName.get(name), t);
    },
  };
}
