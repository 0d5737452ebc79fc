import { z } from 'zod';
import { AddAccount, Authority, ServiceAddress } from './accounts.ts';
import { answer } from './common.ts';

/** No password: nobody signs in. */
export const Discover = AddAccount.pick({ jid: true }).extend({
  service: ServiceAddress.optional(),
  ca: Authority.optional().describe(
    'PEM text; of an account that is signed in here, the stored one counts else.',
  ),
});

const Place = z.object({ kind: z.enum(['tls', 'starttls', 'websocket']), place: z.string() });
export const Discovered = answer(
  z.object({
    domain: z.string(),
    places: z
      .array(Place)
      .describe(
        'Where the server is looked for, in the order of trying: as given, as DNS says, or port 5222.',
      ),
    websocket: z
      .string()
      .nullable()
      .describe('What its web server names (XEP-0156); can be given as `service`.'),
    reached: Place.nullable().describe('Where it answered, with TLS that can be trusted.'),
    mechanisms: z.array(z.string()).describe('SASL mechanisms, as offered.'),
    can_sign_in: z.boolean().describe('One of them is known here.'),
    registration: z.boolean().describe('It says that accounts can be made by a client.'),
    problem: z
      .object({
        kind: z
          .enum(['unreachable', 'insecure', 'config', 'other'])
          .describe(
            '`insecure`: its certificate or its lack of encryption; `config`: `service` cannot be used.',
          ),
        reason: z.string(),
      })
      .nullable(),
  }),
);
