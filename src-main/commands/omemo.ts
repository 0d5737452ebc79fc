import { z } from 'zod';
import { defineCommand, type Field } from './define-command.ts';
import { JUDGEMENTS, omemoAnswer } from './omemo-answer.ts';

/** What to do with a device; nothing: the devices are shown. */
const anAct: Field<string> = {
  label: 'field.omemo-act',
  input: 'choice',
  choices: [
    { value: 'trust', label: 'omemo.act.trust' },
    { value: 'distrust', label: 'omemo.act.distrust' },
  ],
  takes: 'word',
  isOptional: true,
  schema: z
    .string()
    .toLowerCase()
    .refine((word) => word === '' || Object.hasOwn(JUDGEMENTS, word)),
};

const aDevice: Field<string> = {
  label: 'field.device',
  input: 'line',
  takes: 'word',
  isOptional: true,
  schema: z.string(),
};

/** The devices around the account itself; those of a bot are asked for in its own chat. */
export const omemo = defineCommand({
  name: 'omemo',
  summary: 'omemo.summary',
  usage: 'omemo.usage',
  fields: { act: anAct, device: aDevice },
  run: ({ tx, owner, caller, args: { act, device }, t, omemoDevices }) =>
    omemoAnswer({ tx, omemoDevices, account: owner, caller, t, words: [act, device].filter(Boolean) }),
});
