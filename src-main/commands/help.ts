import { BOTS_PER_OWNER } from '../engine/bots/bot-service.ts';
import { type Command, defineCommand } from './define-command.ts';
import { maybeAWord } from './fields.ts';
import { aiLineOf } from './ki/state-words.ts';
import { telegramLineOf } from './telegram/state-words.ts';

/** What can be typed, or more about one command; made from the declarations, so it cannot be out of date. */
export const help = (commands: () => readonly Command[]) =>
  defineCommand({
    name: 'help',
    aliases: ['start', 'hilfe', 'menu', 'menü'],
    alsoMeant: ['commands'],
    summary: 'help.summary',
    usage: 'help.usage',
    fields: { command: maybeAWord('field.command') },
    async runAhead({ args, owner, ai, telegram, bots, t, apiUrl }) {
      const lineOf = ({ usage, summary }: Command) =>
        `${t(usage)} - ${t(summary, { limit: BOTS_PER_OWNER })}`;
      const asked = args.command?.replace(/^\//, '').toLowerCase() ?? '';
      const one = commands().find(({ name, aliases = [] }) => name === asked || aliases.includes(asked));
      if (one) {
        const example = one.example && t('example', { example: t(one.example) });
        return [lineOf(one), example].filter(Boolean).join('\n');
      }
      const examples = commands().flatMap(({ example, fields }) =>
        // An id alone needs no example.
        example && (Object.keys(fields).length > 1 || !('id' in fields)) ? [t(example)] : [],
      );
      const selected = await bots.selectedOf(owner.jid);
      const text = [
        t('help.title'),
        '',
        t('help.commands'),
        ...commands().map(lineOf),
        '',
        t('help.examples'),
        ...examples,
        '',
        t('help.hint'),
        t('help.api', { url: apiUrl }),
        ...(selected
          ? [
              aiLineOf(selected.name, await ai.shown(selected), t),
              telegramLineOf(selected.name, await telegram.shown(selected), t),
            ]
          : []),
      ].join('\n');
      // What needs nothing more can be chosen at once.
      const items = commands()
        .filter(
          ({ name, fields }) =>
            name !== 'help' && Object.values(fields).every(({ isOptional }) => isOptional),
        )
        .map(({ name, summary }) => ({ command: `/${name}`, label: t(summary) }));
      return { text, items, isNamed: true };
    },
  });
