import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import { fromStyled } from '../../gateways/telegram/index.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { TelegramBotRepository } from '../../store/telegram-bot-repository.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { UPDATE_FRESH_MS } from '../messages/inbound-roles.ts';
import type { IncomingMessage } from '../messages/read-message.ts';
import type { TelegramQueue } from './telegram-queue.ts';
import type { TelegramSetups } from './telegram-setups.ts';
import { saidThere } from './telegram-words.ts';

interface TelegramIntakeDeps {
  setups: Pick<TelegramSetups, 'isOn' | 'isAnyOn' | 'all'>;
  bots: Pick<BotRepository, 'byId'>;
  bridges: Pick<TelegramBotRepository, 'of'>;
  queue: TelegramQueue;
  botSettings: Pick<BotSettings, 'get'>;
  languageOf: (bot: Bot, tx?: Tx) => Promise<Language>;
  clock: Clock;
}

type Heard = Pick<
  IncomingMessage,
  'kind' | 'from' | 'text' | 'files' | 'stanza' | 'stanzaId' | 'replyTo' | 'sentAt' | 'isGenerated'
>;

/** The bot speaks through that account. */
const isOf = ({ botId, jid }: Account, bot: Bot) =>
  botId === undefined ? bot.jid === '' && bot.owner === jid : bot.id === botId;

/** What is older was meant for another moment: nobody there expects it any more. */
const FRESH_MS = 10 * 60_000;
/** What is carried over, besides what is said anew: it changes what is there, and may come later. */
const CHANGES: ReadonlySet<IncomingMessage['kind']> = new Set(['edited_message', 'deleted_message']);
/** Meant for the bot, and possibly with a secret in it. */
const isCommand = (text: string): boolean => text.trimStart().startsWith('/');

/** Tells what of a conversation with the owner goes to Telegram, and takes it in the unit that takes the message. */
export function telegramIntake(deps: TelegramIntakeDeps) {
  const { setups, bots, bridges, queue, botSettings, languageOf, clock } = deps;
  const isOn = ({ id, status }: Bot) => status === 'active' && setups.isOn(id);

  /** Those through which a message may have gone there, whichever is chosen now. */
  async function carriers(tx: Tx, account: Account, hearers: readonly Bot[]): Promise<Bot[]> {
    const all = await Promise.all([...setups.all()].map((id) => bots.byId(id, tx)));
    const ofAccount = all.filter((bot) => bot !== undefined && isOn(bot) && isOf(account, bot)) as Bot[];
    const first = hearers.filter(isOn);
    return [...first, ...ofAccount.filter(({ id }) => !first.some((bot) => bot.id === id))];
  }

  return {
    /**
     * Whether a message that the bots hear goes to Telegram: what the owner says or changes in the conversation with the
     * bot, and no command, whoever's. What an engine wrote goes nowhere from here: two bridges would never end.
     */
    hears(
      { kind, text, isGenerated, sentAt }: Pick<Heard, 'kind' | 'text' | 'isGenerated' | 'sentAt'>,
      { hearers, isCommandChat }: { hearers: readonly Bot[]; isCommandChat: boolean },
    ): boolean {
      if (!setups.isAnyOn() || !isCommandChat || isGenerated) return false;
      const ageMs = clock.now() - sentAt;
      if (CHANGES.has(kind)) return ageMs < UPDATE_FRESH_MS;
      if (ageMs >= FRESH_MS) return false;
      return kind === 'message' && !isCommand(text) && hearers.some(isOn);
    },

    async take(tx: Tx, account: Account, message: Heard, hearers: readonly Bot[]): Promise<void> {
      const { kind, from, stanzaId: name, replyTo: answers } = message;
      const concerned = CHANGES.has(kind) ? await carriers(tx, account, hearers) : hearers.filter(isOn);
      for (const bot of concerned) {
        const bridge = await bridges.of(bot.id, tx);
        if (!bridge?.isEnabled) continue;
        // What is a command now is not meant for anybody there: nor is what stood there before.
        if (kind === 'deleted_message' || (kind === 'edited_message' && isCommand(message.text))) {
          if (await queue.delete(tx, bridge, name)) return;
          continue;
        }
        const language = await languageOf(bot, tx);
        const text = saidThere(message, translate(language), language);
        if (!text) continue;
        if (kind === 'edited_message') {
          if (await queue.edit(tx, bridge, { from, text, name })) return;
          continue;
        }
        await queue.put(tx, bridge, { from, text, name, answers });
      }
    },

    /** An answer of the bot's AI, in the unit that tells it. `to`: where it was told. */
    async takeAnswer(
      tx: Tx,
      { bot, to, text, name }: { bot: Bot; to: string; text: string; name: string | undefined },
    ): Promise<void> {
      if (to !== bot.owner || !isOn(bot) || !botSettings.get(bot.id, 'telegram_ai_answers')) return;
      const bridge = await bridges.of(bot.id, tx);
      if (!bridge?.isEnabled || text.trim() === '') return;
      await queue.put(tx, bridge, { from: bot.jid || bot.name, text: fromStyled(text), name });
    },
  };
}
export type TelegramIntake = ReturnType<typeof telegramIntake>;
