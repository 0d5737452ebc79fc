import type { MenuCommand, MenuContext } from './define-menu.ts';

async function listing(
  { services, tx, bot, t }: MenuContext,
  commands: readonly MenuCommand[],
): Promise<string> {
  const own = await services.botCommands.of(bot.id, tx);
  return [
    ...commands
      .filter(({ isHidden }) => !isHidden)
      .map(({ usage, summary }) => `${t(usage)} - ${t(summary)}`),
    ...(own.length === 0
      ? []
      : ['', t('menu.own'), ...own.map(({ command, description }) => `/${command} - ${description}`)]),
    '',
    t('menu.hint'),
  ].join('\n');
}

/** Made from the declarations, so it cannot be out of date. */
export const help = (commands: () => readonly MenuCommand[]): MenuCommand => ({
  name: 'help',
  aliases: ['hilfe', 'menu', 'menü'],
  usage: 'menu.help.usage',
  summary: 'menu.help.summary',
  run: async (context) => [context.bot.name, '', await listing(context, commands())].join('\n'),
});

export const start = (commands: () => readonly MenuCommand[]): MenuCommand => ({
  name: 'start',
  usage: 'menu.start.usage',
  summary: 'menu.start.summary',
  async run(context) {
    const { bot, t } = context;
    const welcome = t('menu.welcome', { name: bot.name });
    return [
      welcome,
      ...(bot.description ? [bot.description] : []),
      '',
      await listing(context, commands()),
    ].join('\n');
  },
});
