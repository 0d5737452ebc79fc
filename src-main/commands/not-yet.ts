import { z } from 'zod';
import { type Command, defineCommand, type Field } from './define-command.ts';

const anything: Field<string> = {
  label: 'field.command',
  input: 'line',
  takes: 'rest',
  isOptional: true,
  schema: z.string(),
};

/** Its name is taken already: nothing typed for it, such as a key, may go to a bot's program. */
const notYet = (name: 'ki' | 'telegram'): Command =>
  defineCommand({
    name,
    summary: `not-yet.${name}`,
    usage: `not-yet.${name}`,
    fields: { anything },
    run: async ({ t }) => t(`not-yet.${name}`),
  });

/** Commands of the self-chat that this version cannot run yet. They say so when typed, and are offered nowhere. */
export const notYetCommands: readonly Command[] = [notYet('ki'), notYet('telegram')];
