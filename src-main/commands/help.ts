import { BOTS_PER_OWNER } from '../engine/bots/bot-service.ts';
import { type Command, defineCommand } from './define-command.ts';
import { noArgs } from './parse.ts';

/** The list of what can be typed; made from the declarations, so it cannot be out of date. */
export const help = (commands: () => readonly Command[]) =>
  defineCommand({
    name: 'help',
    aliases: ['start'],
    summary: 'help.summary',
    usage: 'help.usage',
    args: noArgs,
    async run({ t, apiUrl }) {
      const lines = commands().map(
        ({ usage, summary }) => `${t(usage)} - ${t(summary, { limit: BOTS_PER_OWNER })}`,
      );
      return [
        t('help.title'),
        '',
        t('help.commands'),
        ...lines,
        '',
        t('help.hint'),
        t('help.api', { url: apiUrl }),
      ].join('\n');
    },
  });
