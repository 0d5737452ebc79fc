import { botSubcommands } from './bot-subcommands.ts';
import { kiSubcommands } from './ki/pages.ts';

/** The AI of the bot that is selected. */
export const ki = botSubcommands({
  name: 'ki',
  alsoMeant: ['ai'],
  summary: 'ki.summary',
  usage: 'ki.usage',
  example: 'ki.example',
  labels: { page: 'field.ki', value: 'field.ki-value' },
  subcommands: kiSubcommands,
  requestOf: ({ owner, caller, language, t, ai, botSettings }, bot, signal) => ({
    services: { ai, botSettings },
    bot,
    chat: owner,
    person: owner.jid,
    caller,
    language,
    signal,
    t,
  }),
});
