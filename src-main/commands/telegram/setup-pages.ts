import {
  ChatId,
  TELEGRAM_MODES,
  type TelegramMode,
  TelegramToken,
} from '../../../src-shared/api/telegram.ts';
import { DomainError } from '../../../src-shared/errors.ts';
import { describeRefusal } from '../../../src-shared/text/describe-refusal.ts';
import type { TextKey } from '../../../src-shared/text/en.ts';
import { isFinal } from '../../engine/telegram/telegram-refusals.ts';
import { type MenuPage, TITLE_RULE } from '../answer.ts';
import { usageOnly, wordsIn } from '../subcommands.ts';
import { chatMenu } from './chat-menu.ts';
import type { TelegramSetup } from './drafts.ts';
import type { TelegramAct, TelegramPage, TelegramRequest } from './request.ts';
import { back, nameOf, removal, stateOf, telegramLines } from './state-words.ts';

const FORCE = ['force', 'erzwingen'];
const isForce = (word: string) => FORCE.includes(word.toLowerCase());
const MODE_WORDS: Readonly<Record<string, TelegramMode>> = {
  ...Object.fromEntries(TELEGRAM_MODES.map((mode) => [mode, mode])),
  brücke: 'bridge',
  bruecke: 'bridge',
  weiterleiten: 'forward',
  weiterleitung: 'forward',
};
/** The mode that a word means, in both languages. */
export const modeNamed = (word: string): TelegramMode | undefined => MODE_WORDS[word.toLowerCase()];

type Wanted = TelegramSetup & { force: boolean };

/** What each word means, or what is wrong about one. None is said again: the token may stand in any place. */
function wantedIn([first = '', ...words]: readonly string[]): Wanted | { wrong: TextKey } {
  const token = TelegramToken.safeParse(first);
  if (!token.success) return { wrong: 'telegram.setup.bad-token' };
  const wanted: Wanted = { token: token.data, force: words.some(isForce) };
  const [chatWord, ...more] = words.filter((word) => !isForce(word));
  // Another token changes nothing else, least of all whether anybody at Telegram is heard.
  if (chatWord === undefined) return wanted;
  const chat = ChatId.safeParse(chatWord);
  if (!chat.success) return { wrong: 'telegram.setup.bad-chat' };
  wanted.chat_id = chat.data;
  const [modeWord, ...rest] = more;
  if (modeWord === undefined) return { ...wanted, mode: 'bridge' };
  const mode = modeNamed(modeWord);
  return mode && rest.length === 0 ? { ...wanted, mode } : { wrong: 'telegram.mode.unknown' };
}

const guide: TelegramAct = {
  place: 'unit',
  run: async ({ t }) => ({
    text: [
      t('telegram.setup.title'),
      TITLE_RULE,
      t('telegram.setup.step-1'),
      t('telegram.setup.step-2'),
      t('telegram.setup.step-3'),
      '',
      t('telegram.setup.example'),
      t('telegram.setup.group'),
    ].join('\n'),
    items: [back(t)],
  }),
};

/** What becomes of the message with the token. A form is none. */
const takenBack = ({ caller, t }: TelegramRequest): string[] =>
  caller.from === 'ad-hoc' ? [] : [t('telegram.setup.taken-back')];

/** The token alone: who wrote to that Telegram bot is offered to choose from. */
async function begin(request: TelegramRequest, wanted: Wanted): Promise<MenuPage> {
  const { services, drafts, bot, signal, language, t } = request;
  const asked = await services.telegram.check(bot, wanted, signal).catch((error: unknown) => {
    // It goes on without, and the token is tried as soon as Telegram can be asked.
    if (!(error instanceof DomainError) || isFinal(error)) throw error;
    return error;
  });
  drafts.keep(bot, wanted);
  if (asked instanceof DomainError) {
    const why = describeRefusal(asked, language);
    const text = [t('telegram.setup.unchecked', { why }), ...takenBack(request)].join('\n');
    return { text, items: [{ command: '/telegram chats', label: t('telegram.chats.summary') }, back(t)] };
  }
  const { username, webhook } = asked;
  const said = [t('telegram.setup.token-done', { bot: nameOf(username) }), ...takenBack(request), ''];
  // Who wrote to it, another program was told.
  if (webhook !== null) {
    const words = t('telegram.setup.webhook', { host: webhook });
    return { text: [...said, words].join('\n'), items: [removal(t), back(t)] };
  }
  const page = await chatMenu(request, username);
  return { ...page, text: [...said, page.text].join('\n') };
}

/** All of it; or, of what is set up already, another token or another chat. */
export async function setUp(request: TelegramRequest, wanted: Wanted): Promise<MenuPage> {
  const { services, drafts, bot, caller, signal, language, t } = request;
  try {
    const now = await services.telegram.change(bot, wanted, caller, { signal });
    drafts.forget(bot);
    const text = [
      t('telegram.setup.done'),
      ...telegramLines(now, t),
      t(stateOf(now) === 'off' ? 'telegram.setup.inactive' : 'telegram.setup.active'),
      ...(now.warning === null ? [] : [now.warning]),
    ].join('\n');
    const names = [stateOf(now) === 'off' ? 'on' : 'test', 'status', 'mode'] as const;
    const items = names.map((name) => ({
      command: `/telegram ${name}`,
      label: t(`telegram.${name}.summary`),
    }));
    return { text, items };
  } catch (error) {
    // What another program has set at Telegram is taken away only when somebody says so.
    if (!(error instanceof DomainError) || error.code !== 'telegram.foreign-webhook') throw error;
    drafts.keep(bot, wanted);
    const force = { command: '/telegram setup force', label: t('telegram.setup.force') };
    return { text: describeRefusal(error, language), items: [force] };
  }
}

const withTokenBack = (page: MenuPage, request: TelegramRequest): MenuPage => ({
  ...page,
  text: [page.text, ...takenBack(request)].join('\n'),
});

/** What was begun, now that somebody said so. */
const forced: TelegramAct = {
  place: 'holding',
  async run(request) {
    const { drafts, bot, t } = request;
    const begun = drafts.of(bot);
    if (!begun) return t('usage', { usage: t('telegram.setup.usage') });
    return setUp(request, { ...begun, force: true });
  },
};

export const setup: TelegramPage = {
  name: 'setup',
  aliases: ['einrichten', 'einrichtung'],
  usage: 'telegram.setup.usage',
  summary: 'telegram.setup.summary',
  act(rest) {
    const words = wordsIn(rest);
    if (words.length === 0) return guide;
    if (words.every(isForce)) return words.length === 1 ? forced : usageOnly('telegram.setup.usage');
    const wanted = wantedIn(words);
    if ('wrong' in wanted) {
      const { wrong } = wanted;
      const run = async (request: TelegramRequest) => [request.t(wrong), ...takenBack(request)].join('\n');
      return { place: 'unit', run };
    }
    return {
      place: 'holding',
      async run(request) {
        const { configured } = await request.services.telegram.shown(request.bot);
        const isWhole = wanted.chat_id !== undefined || configured;
        return isWhole ? withTokenBack(await setUp(request, wanted), request) : begin(request, wanted);
      },
    };
  },
  // One that is mistyped is one, too.
  holdsSecret: (rest) => wordsIn(rest).some((word) => !isForce(word)),
};
