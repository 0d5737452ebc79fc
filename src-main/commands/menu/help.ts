import { type MenuItem, type MenuPage, RULE, TITLE_RULE } from '../answer.ts';
import { aiLine, quickStart } from '../ki/state-words.ts';
import { telegramLine } from '../telegram/state-words.ts';
import type { MenuAheadContext, MenuCommand } from './define-menu.ts';

/** Made from the declarations, so it cannot be out of date. */
async function listing(
  title: readonly string[],
  { services, bot, t }: MenuAheadContext,
  commands: readonly MenuCommand[],
): Promise<MenuPage> {
  const own = await services.botCommands.of(bot.id);
  const ai = await services.ai.shown(bot);
  const shown = commands.filter(({ isHidden }) => !isHidden);
  const itemOf = ({ name, usage, summary, isMenu }: MenuCommand): MenuItem => ({
    command: `/${name}`,
    usage: t(usage),
    label: t(summary),
    group: t(isMenu ? 'menu.menus' : 'menu.basic'),
  });
  return {
    text: [
      ...title,
      TITLE_RULE,
      t('bot.status', { status: t(`status.${bot.status}`) }),
      aiLine(ai, t),
      telegramLine(await services.telegram.shown(bot), t),
      ...(own.length === 0
        ? []
        : [RULE, t('menu.own'), ...own.map(({ command, description }) => `/${command} - ${description}`)]),
      RULE,
      t('ki.quick-start'),
      quickStart(ai, t),
      t('menu.hint'),
    ].join('\n'),
    items: shown.map(itemOf),
  };
}

export const help = (commands: () => readonly MenuCommand[]): MenuCommand => ({
  name: 'help',
  aliases: ['hilfe', 'menu', 'menü'],
  usage: 'menu.help.usage',
  summary: 'menu.help.summary',
  runAhead: async (context) => listing([context.bot.name], context, commands()),
});

export const start = (commands: () => readonly MenuCommand[]): MenuCommand => ({
  name: 'start',
  usage: 'menu.start.usage',
  summary: 'menu.start.summary',
  async runAhead(context) {
    const { bot, t } = context;
    const welcome = t('menu.welcome', { name: bot.name });
    return listing([welcome, ...(bot.description ? [bot.description] : [])], context, commands());
  },
});
