import { z } from 'zod';
import { apiAnswer, apiPages } from './api/pages.ts';
import { serverPages } from './api/server-pages.ts';
import { defineCommand, type Field } from './define-command.ts';
import { confirmed } from './fields.ts';

/** A page, with what it needs where that is typed behind it. */
const aPage: Field<string> = {
  label: 'field.page',
  input: 'choice',
  choices: [
    ...apiPages.map(({ name: value, summary: label }) => ({ value, label })),
    ...serverPages.map(({ name, summary: label }) => ({ value: `server ${name}`, label })),
  ],
  takes: 'rest',
  isOptional: true,
  schema: z.string(),
};

/** In a form it has a field of its own. */
const aValue: Field<string> = {
  label: 'field.page-value',
  input: 'line',
  takes: 'nothing',
  isOptional: true,
  schema: z.string(),
};

/** The pages of the API, for the bot that is selected. */
export const api = defineCommand({
  name: 'api',
  summary: 'api.summary',
  usage: 'api.usage',
  example: 'api.example',
  isMenu: true,
  fields: { page: aPage, value: aValue, confirmed: { ...confirmed, takes: 'nothing' } },
  async runAhead({ args, owner, bots, caller, isEncrypted, t, ...services }) {
    const bot = await bots.selectedOf(owner.jid);
    const request = { services, chat: owner, person: owner, bot, caller, isEncrypted, t };
    const typed = [args.page, args.value, args.confirmed ? 'yes' : ''].join(' ');
    return apiAnswer(request, typed.split(/\s+/).filter(Boolean));
  },
});
