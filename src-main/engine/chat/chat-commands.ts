import type { Language } from '../../../src-shared/text/translate.ts';
import type { Account } from '../../store/account-repository.ts';
import type { BotCommandRepository } from '../../store/bot-command-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { CommandRunner, ListedCommand } from '../messages/inbound-roles.ts';
import type { PlacedChat } from './chat-list.ts';

export interface ChatCommandsDeps {
  /** Of the chat with oneself, and of a bot's chat with its owner. */
  runners: () => { commands: Pick<CommandRunner, 'list'>; menu: Pick<CommandRunner, 'list'> };
  selectedOf: (account: Account) => Promise<Bot | undefined>;
  botCommands: Pick<BotCommandRepository, 'of'>;
  languageOf: (account: Account) => Promise<Language>;
}

export interface ChatCommand {
  name: string;
  args: string;
  summary: string;
  group: 'bot' | 'menu' | 'chat';
}

/** What stands behind the name in a usage such as `/newbot <name>`. */
const argsIn = (usage: string) => usage.replace(/^\/\S+\s*/, '');

const shown = ({ name, usage, summary, isMenu }: ListedCommand): ChatCommand => ({
  name,
  args: argsIn(usage),
  summary,
  group: isMenu ? 'menu' : 'chat',
});

/** The slash commands that can be typed into a conversation: those that are answered here, and those of a bot's program. */
export function chatCommands({ runners, selectedOf, botCommands, languageOf }: ChatCommandsDeps) {
  /** A name that is answered here never gets to the program. */
  async function withOwn(bot: Bot | undefined, builtIn: readonly ChatCommand[]): Promise<ChatCommand[]> {
    const own = bot ? await botCommands.of(bot.id) : [];
    const names = new Set(builtIn.map(({ name }) => name));
    return [
      ...own
        .filter(({ command }) => !names.has(command))
        .map(({ command, description }) => ({
          name: command,
          args: '',
          summary: description,
          group: 'bot' as const,
        })),
      ...builtIn,
    ];
  }

  return async ({ account, chat, bot }: PlacedChat): Promise<ChatCommand[]> => {
    const language = await languageOf(account);
    if (chat.jid === account.jid)
      return withOwn(await selectedOf(account), runners().commands.list(language).map(shown));
    // A bot of somebody else listens to that person.
    if (!bot || bot.owner !== account.jid) return [];
    return withOwn(bot, runners().menu.list(language).map(shown));
  };
}
export type ChatCommandsService = ReturnType<typeof chatCommands>;
