import { z } from 'zod';
import { envelope, text } from './common.ts';

/** By the admin API; over XMPP as an administrator (XEP-0133) or as anybody (XEP-0077); not set. */
export const WAYS = ['admin_api', 'xmpp_admin', 'in_band', 'none'] as const;
export type Way = (typeof WAYS)[number];

/** How accounts for dedicated bots are made on the XMPP server: by its admin API, or over XMPP. A member that is left out stays; the mask keeps the password; "" clears. */
export const EjabberdSettings = z.object({
  api_url: text(2_000).optional(),
  host: text(300).optional(),
  admin_jid: text(3_100).optional(),
  admin_password: text(1_000).optional(),
  service: text(2_000).optional(),
  ca: text(100_000).optional(),
});
export const ShownEjabberdSettings = envelope(
  z.object({
    api_url: z.string(),
    admin_jid: z.string(),
    admin_password: z.string(),
    host: z.string(),
    service: z.string(),
    ca: z.string(),
    configured: z.boolean(),
    way: z.enum(WAYS),
  }),
);
export const SavedEjabberdSettings = envelope(z.object({ saved: z.literal(true), configured: z.boolean() }));
/** Nothing given: what is saved is tried. */
export const TestEjabberd = EjabberdSettings.nullish().transform((body) => body ?? {});
/** Reached, and accounts can be made there. */
export const EjabberdReached = envelope(z.object({ connected: z.literal(true), response: z.literal('ok') }));
