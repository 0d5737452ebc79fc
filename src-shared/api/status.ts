import { z } from 'zod';
import { BotMode } from './bots.ts';
import { text } from './common.ts';

export const SessionState = z.enum(['offline', 'connecting', 'online', 'backing_off', 'failed']);
export type SessionState = z.infer<typeof SessionState>;

export const AccountStatus = z.object({
  jid: z.string(),
  state: SessionState,
  /** Why it is not online, in words. */
  reason: z.string().nullable(),
  /** How many bots it owns. */
  bots: z.number(),
});
export type AccountStatus = z.infer<typeof AccountStatus>;

export const BotStatus = z.object({
  id: z.number(),
  name: z.string(),
  mode: BotMode,
  status: z.enum(['active', 'disabled']),
  owner: z.string(),
  jid: z.string(),
});
export type BotStatus = z.infer<typeof BotStatus>;

/** The certificate of the API in network mode. */
export const ApiCertificate = z.object({
  /** Made here, signed by nobody else. */
  self_made: z.boolean(),
  /** SHA-256 in hexadecimal; null when it cannot be read. */
  fingerprint: z.string().nullable(),
  /** Unix seconds. */
  valid_until: z.number().nullable(),
  names: z.array(z.string()),
  /** What is wrong with it, in words. */
  problem: z.string().nullable(),
});
export type ApiCertificate = z.infer<typeof ApiCertificate>;

/** How the API is reached now, which need not be what the settings say. */
export const ApiServer = z.object({
  mode: z.enum(['local', 'network']),
  port: z.number(),
  /** Base URL of the bot API. */
  url: z.string(),
  /** What it listens on; none while no engine runs. */
  addresses: z.array(z.string()),
  /** Why it is not as the settings have it, in words. */
  problem: z.string().nullable(),
  /** Null in local mode, which has none. */
  certificate: ApiCertificate.nullable(),
  /** What was said at the start: it comes before the settings. */
  given: z.object({ mode: z.enum(['local', 'network']).nullable(), port: z.number().nullable() }),
});
export type ApiServer = z.infer<typeof ApiServer>;

const pem = text(100_000).min(1, 'must not be empty');
/** Both in PEM form; the certificate of the server first. */
export const GivenPair = z.object({ cert: pem, key: pem });
export const CertificateDeleted = z.object({ deleted: z.boolean() });

/** What runs here, as the window shows it. */
export const Status = z.object({
  version: z.string(),
  api_url: z.string(),
  /** Why the API is not where the setting has it, in words. */
  api_problem: z.string().nullable(),
  api_mode: z.enum(['local', 'network']),
  /** Null in local mode, which has none. */
  api_certificate: ApiCertificate.nullable(),
  bots_enabled: z.boolean(),
  accounts: z.array(AccountStatus),
  bots: z.array(BotStatus),
});
export type Status = z.infer<typeof Status>;
