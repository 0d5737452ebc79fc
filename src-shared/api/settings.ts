import { z } from 'zod';
import { bareJidOnly } from '../jid.ts';
import { envelope, wholeNumber } from './common.ts';

/** Who may read and change a setting. The operator may everything; the owner of a bot what concerns that bot. */
export type SettingRole = 'operator' | 'owner';

export interface SettingDeclaration {
  /** Reads a typed value from text (chat, CLI) or JSON (HTTP). */
  schema: z.ZodType;
  default: unknown;
  /** The default where the operator's account has OMEMO. */
  defaultWithOmemo?: unknown;
  /** Held at every change, whatever it comes through. */
  role: SettingRole;
  /** Sealed at rest, masked when shown. */
  isSecret?: true;
  /**
   * The account this secret was given for, and the settings that say where it goes: once the account is set, a change of
   * any of them needs the secret anew.
   */
  givenFor?: { account: string; places: readonly string[] };
  summary: string;
}

/** On or off, also as people type it. */
export const flag = z.union(
  [z.boolean(), z.stringbool({ truthy: ['true', 'on', 'yes', '1'], falsy: ['false', 'off', 'no', '0'] })],
  {
    error: 'use true or false',
  },
);
const port = wholeNumber(1_024, 65_535);
const rate = wholeNumber(1, 1_000_000);
const text = z.string({ error: 'use a text' }).max(2_000, 'use at most 2000 characters');
const httpUrl = text.refine(
  (url) => url === '' || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)),
  'use an http:// or https:// address',
);
const service = text.refine(
  (url) => url === '' || (URL.canParse(url) && /^(xmpps?|wss):$/.test(new URL(url).protocol)),
  'use xmpp://host:port, xmpps://host:port or wss://host/path',
);
const PEM_CHARACTERS = 100_000;
const pem = z
  .string({ error: 'use a text' })
  .max(PEM_CHARACTERS, `use at most ${PEM_CHARACTERS} characters`)
  .refine(
    (value) => value.trim() === '' || /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.test(value),
    'use a certificate in PEM form',
  );
const jid = text.transform((value, context) => {
  try {
    return value === '' ? '' : bareJidOnly(value);
  } catch {
    context.addIssue({ code: 'custom', message: 'use an XMPP address like admin@server.example' });
    return z.NEVER;
  }
});
const domain = text
  .transform((name) => name.trim().toLowerCase())
  .refine((name) => name === '' || DOMAIN.test(name), 'use a host name like server.example');
const DOMAIN = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u;
/** Names, addresses and networks, as the address guard reads them. */
const V6 = '[0-9a-f:.]*:[0-9a-f:.]*(/(\\d|[1-9]\\d|1[01]\\d|12[0-8]))?';
const V4_NETWORK = '\\d{1,3}(\\.\\d{1,3}){3}/(\\d|[12]\\d|3[0-2])';
const NAME = '[\\w-]+(\\.[\\w-]+)*';
const PORT = '(:([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5]))?';
const HOST = new RegExp(`^((${NAME}|${V4_NETWORK}|\\[${V6}\\])${PORT}|${V6})$`, 'i');
const hostList = text.refine(
  (list) => list.split(/[\s,]+/).every((name) => name === '' || HOST.test(name)),
  'use host names, addresses or networks, each with a port or without, separated by commas',
);

const CONTROL = /\p{Cc}/u;
/** A name in the folder of certificates and nowhere else: all that may be named in chat (contract, section 6). */
export const isTlsFileName = (name: string) => /^[^/\\.][^/\\]*$/.test(name) && !CONTROL.test(name);
const isAbsolutePath = (path: string) => /^(\/|\\\\|[a-z]:[\\/])/i.test(path) && !CONTROL.test(path);
const tlsFile = text.refine(
  (file) => file === '' || isAbsolutePath(file) || isTlsFileName(file),
  'use a path from the root, or the name of a file in api-tls/ of the data folder',
);

/** Every setting of the installation. One table: chat, CLI, HTTP and window read it, each change has effect at once. */
export const settings = {
  bot_features_enabled: {
    schema: flag,
    default: true,
    role: 'operator',
    summary: 'Bots connect, run and answer.',
  },
  api_port: {
    schema: port,
    default: 7842,
    role: 'operator',
    summary: 'Port of the HTTP API; --port and BOTMOTHER_PORT come first.',
  },
  api_mode: {
    schema: z.enum(['local', 'network'], { error: 'use local or network' }),
    default: 'local',
    role: 'operator',
    summary:
      'Who reaches the HTTP API: this machine, over http (local), or the network, over https (network); --mode and BOTMOTHER_MODE come first.',
  },
  api_tls_cert: {
    schema: tlsFile,
    default: '',
    role: 'operator',
    summary: 'Certificate for network mode (PEM): a path, or a name in api-tls/; empty: one is made.',
  },
  api_tls_key: {
    schema: tlsFile,
    default: '',
    role: 'operator',
    summary: 'Its private key (PEM); empty when that is in the same file.',
  },
  language: {
    schema: z.enum(['en', 'de'], { error: 'use en or de' }),
    default: 'en',
    role: 'operator',
    summary: 'Language of answers in chat.',
  },
  file_link_hours: {
    schema: wholeNumber(1, 168),
    default: 24,
    role: 'operator',
    summary:
      'For how many hours the address of a received file is good; as long as an update waits, if not set.',
  },
  rate_limit_ip: {
    schema: rate,
    default: 30,
    role: 'operator',
    summary: 'Requests a second per address without a valid token.',
  },
  rate_limit_bot: {
    schema: rate,
    default: 30,
    role: 'operator',
    summary: 'Requests a second per bot token.',
  },
  token_display: {
    schema: flag,
    default: true,
    role: 'operator',
    summary: 'Lists and details of bots show their tokens; making one shows it in any case.',
  },
  chat_admin: {
    schema: z.enum(['encrypted', 'any', 'off'], { error: 'use encrypted, any or off' }),
    default: 'any',
    defaultWithOmemo: 'encrypted',
    role: 'operator',
    summary:
      'From which chats the operator may see and change the server: encrypted ones, any, or none (off). Until it is set: encrypted ones, where the account has OMEMO.',
  },
  admin_auth: {
    schema: z.enum(['local', 'required'], { error: 'use local or required' }),
    default: 'local',
    role: 'operator',
    summary:
      'Who may use admin routes without a token: programs of the same user on this machine (local), or nobody (required).',
  },
  webhook_allow_private: {
    schema: hostList,
    default: '',
    role: 'operator',
    summary:
      'Private hosts and networks that webhooks may reach, separated by commas: intranet, 10.1.0.0/16, nas.lan:8080, [fd00::1]:8080; without a port, all ports.',
  },
  window_language: {
    schema: z.enum(['auto', 'en', 'de'], { error: 'use auto, en or de' }),
    default: 'auto',
    role: 'operator',
    summary: 'Language of window and panel; auto: that of the system.',
  },
  window_theme: {
    schema: z.enum(['auto', 'light', 'dark'], { error: 'use auto, light or dark' }),
    default: 'auto',
    role: 'operator',
    summary: 'Look of window and panel; auto: that of the system.',
  },
  window_density: {
    schema: z.enum(['comfortable', 'compact'], { error: 'use comfortable or compact' }),
    default: 'comfortable',
    role: 'operator',
    summary: 'How close the rows of lists stand in window and panel.',
  },
  window_text_size: {
    schema: wholeNumber(13, 18),
    default: 14,
    role: 'operator',
    summary: 'Size of the text in chats, in pixels.',
  },
  window_enter: {
    schema: z.enum(['send', 'line'], { error: 'use send or line' }),
    default: 'send',
    role: 'operator',
    summary: 'What Enter does in a chat: send, or begin a line (Ctrl and Enter send then).',
  },
  window_single_keys: {
    schema: flag,
    default: true,
    role: 'operator',
    summary: 'Single letters are shortcuts in window and panel.',
  },
  window_notifications: {
    schema: z.enum(['all', 'mentions', 'off'], { error: 'use all, mentions or off' }),
    default: 'all',
    role: 'operator',
    summary:
      'Of which messages the window tells: all, of rooms only where you are named (mentions), or none (off).',
  },
  window_notification_text: {
    schema: flag,
    default: true,
    role: 'operator',
    summary: 'Notifications show what was written.',
  },
  window_load_pictures: {
    schema: z.enum(['known', 'all'], { error: 'use known or all' }),
    default: 'known',
    role: 'operator',
    summary:
      'Which pictures in chats are fetched at once: of bots and people on the contact list (known), or all; any other on a click. Who sent one may learn when it is fetched.',
  },
  telegram_api_root: {
    schema: httpUrl,
    default: 'https://api.telegram.org',
    role: 'operator',
    summary: 'Where the Bot API of Telegram is: its own, or a Bot API server of yours; empty for its own.',
  },
  ejabberd_api_url: {
    schema: httpUrl,
    default: '',
    role: 'operator',
    summary: "Address of the XMPP server's admin API; empty for a server without one.",
  },
  ejabberd_host: {
    schema: domain,
    default: '',
    role: 'operator',
    summary: 'Domain on which dedicated bots get their accounts.',
  },
  ejabberd_service: {
    schema: service,
    default: '',
    role: 'operator',
    summary: 'Where that domain is reached over XMPP (xmpp://host:port); empty: as DNS says.',
  },
  ejabberd_ca: {
    schema: pem,
    default: '',
    role: 'operator',
    summary:
      'Certificates (PEM) that are trusted there too: its own authority, or the very certificate of the server.',
  },
  ejabberd_admin_jid: {
    schema: jid,
    default: '',
    role: 'operator',
    summary: 'Account that may use the admin API.',
  },
  ejabberd_admin_password: {
    schema: text,
    default: '',
    role: 'operator',
    isSecret: true,
    givenFor: {
      account: 'ejabberd_admin_jid',
      places: ['ejabberd_api_url', 'ejabberd_service', 'ejabberd_ca'],
    },
    summary: 'Its password.',
  },
} as const satisfies Record<string, SettingDeclaration>;

export type SettingKey = keyof typeof settings;
export type SettingValue<K extends SettingKey> = z.output<(typeof settings)[K]['schema']>;
export const settingKeys = Object.keys(settings) as SettingKey[];
export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(settings, key);
/** What stands in for a secret that is set. */
export const MASK = '********';

const Value = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be a text, a number, true or false',
});
export const Setting = z.object({ key: z.string(), value: Value, default: Value, summary: z.string() });
/** With all that a form needs to ask for it. */
export const ShownSetting = Setting.extend({
  label: z.string(),
  type: z.enum(['flag', 'number', 'choice', 'text', 'long-text', 'secret', 'picture']),
  options: z.array(z.string()).nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  role: z.enum(['operator', 'owner']),
}).meta({ id: 'Setting' });
export const SettingList = z.array(ShownSetting);
export const SettingChange = z.object({ value: Value });

/** Values by key; what each may be is said by its table. */
export const settingValues = (keys: readonly string[]) =>
  z.object(Object.fromEntries(keys.map((key) => [key, Value])));
/** Some values by key. */
export const someSettings = (keys: readonly string[]) => settingValues(keys).partial();

export const ShownSettings = envelope(settingValues(settingKeys));
