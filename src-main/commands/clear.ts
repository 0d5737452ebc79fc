import { defineCommand } from './define-command.ts';

/** No conversation is kept here, so there is nothing that could be cleared; the archive of a server is never touched. */
export const clear = defineCommand({
  name: 'clear',
  aliases: ['leeren'],
  summary: 'clear.summary',
  usage: 'clear.usage',
  fields: {},
  run: async ({ t }) => t('clear.nothing'),
});
