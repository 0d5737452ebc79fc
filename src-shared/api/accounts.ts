import { z } from 'zod';
import { answer, envelope, text } from './common.ts';

const State = z.enum(['offline', 'connecting', 'online', 'backing_off', 'failed']);

export const Account = z.object({
  jid: z.string(),
  enabled: z.boolean(),
  operator: z.boolean(),
  service: z.string().nullable(),
  own_ca: z
    .boolean()
    .describe('A certificate authority of its own is trusted, in addition to those of the system.'),
  /** Of answers in its chat; null: the setting's. */
  language: z.enum(['en', 'de']).nullable(),
  omemo: z.boolean().describe('It has consented to an OMEMO device of its own here.'),
  state: State,
  reason: z.string().nullable(),
  away_since: z
    .number()
    .nullable()
    .describe('Unix seconds: when it was online last, or began to try; null: it is online, or switched off.'),
  next_try: z.number().nullable().describe('Unix seconds of the next try to sign in; null: none is planned.'),
});
export const AccountList = answer(z.array(Account));

export const ServiceAddress = text(500).regex(
  /^(xmpps?|wss):\/\/[^\s/]+/,
  'must look like xmpp://host:port, xmpps://host:port or wss://host/path',
);
/** PEM text. */
export const Authority = text(200_000);
export const AddAccount = z.object({
  jid: text(3_100),
  password: text(1_000).min(1, 'must not be empty'),
  service: ServiceAddress.nullable()
    .optional()
    .describe('Left out, it stays as it was; null: the server is found by its domain.'),
  ca: Authority.nullable()
    .optional()
    .describe(
      'PEM text of an authority to trust in addition. Left out, it stays as it was; null: none any more.',
    ),
  verify: z.boolean().default(true),
  omemo: z
    .boolean()
    .optional()
    .describe('Consent to an OMEMO device of its own: the chat with oneself is encrypted then.'),
});
export const AddedAccount = answer(Account);
export const AccountPath = z.object({ jid: z.string() });
export const RemovedAccount = answer(
  z.object({
    removed: z.string(),
    device_left: z
      .int()
      .nullable()
      .describe(
        'The number of its OMEMO device, where that could not be taken off the list of devices; null: nothing is left.',
      ),
  }),
);
export const RemoveAccount = z.object({ with_bots: z.stringbool().default(false) });
const flag = z.boolean({
  error: ({ input }) => (input === undefined ? 'is missing' : 'must be true or false'),
});
export const ChangeAccount = z
  .object({
    enabled: flag.optional(),
    /** There is one operator: another one takes over by being named. */
    operator: z.literal(true, 'can only be true: name another account to take over').optional(),
    language: z.enum(['en', 'de'], { error: 'must be "en", "de" or null' }).nullable().optional(),
    omemo: flag
      .optional()
      .describe('Consent to an OMEMO device; false takes the device off the network and forgets its keys.'),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'names nothing to change: give enabled, operator, language or omemo',
  });

export const AccountQuery = z.object({ account: text(3_100) });
/** As the guide has it. */
export const SwitchAccount = z.object({ account: text(3_100), enabled: flag });
export const AccountSwitched = envelope(z.object({ account: z.string(), enabled: z.boolean() }));
