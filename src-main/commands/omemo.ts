import { z } from 'zod';
import { defineCommand, type Field } from './define-command.ts';
import { omemoAnswer } from './omemo-answer.ts';

const anything: Field<string> = {
  label: 'field.command',
  input: 'line',
  takes: 'rest',
  isOptional: true,
  schema: z.string(),
};

/** The devices around the account itself; those of a bot are asked for in its own chat. */
export const omemo = defineCommand({
  name: 'omemo',
  summary: 'omemo.summary',
  usage: 'omemo.usage',
  fields: { words: anything },
  run: ({ tx, owner, caller, args, t, omemoDevices }) =>
    omemoAnswer({
      tx,
      omemoDevices,
      account: owner,
      caller,
      t,
      words: args.words.split(/\s+/).filter(Boolean),
    }),
});
