/**
 * Every refusal of the product in one table: its slug on the wire (`error`), its kind (which each edge translates
 * once, to a status or a chat line) and its words. Anything else that is thrown is a defect.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'method'
  | 'conflict'
  | 'too-large'
  | 'media-type'
  | 'misdirected'
  | 'limit'
  | 'upstream'
  | 'unavailable'
  | 'internal';

interface Entry {
  kind: ErrorKind;
  /** The `error` member of an HTTP answer. */
  slug: string;
  text: string;
}

const catalogue = {
  'jid.malformed': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '"{jid}" is not an XMPP address. It looks like name@server.example.',
  },
  'jid.has-resource': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '"{jid}" has a resource (the part after the slash). Leave it out.',
  },
  'request.invalid': { kind: 'invalid', slug: 'bad_request', text: '{reason}' },
  'text.not-xml': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`{field}` contains a character that XMPP cannot carry ({character}). Remove it.',
  },
  'text.too-long': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`{field}` is {bytes} bytes long; at most {limit} are allowed.',
  },
  'message.too-large': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'As XMPP sends it, this message is {bytes} bytes long; at most {limit} are allowed. Characters such as <, >, & and quotes take up to six bytes each, and what a reply quotes counts too. Split `text` into several messages.',
  },
  'token.missing': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This route needs the header "Authorization: Bearer bm_...".',
  },
  'token.unknown': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This token is unknown, revoked or replaced. Get a new one with /token in the chat with yourself.',
  },
  'token.hidden': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'Tokens are not shown here (setting token_display). If it is lost, make a new one: /token {id}',
  },
  'admin.token-missing': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This route needs the header "Authorization: Bearer bma_...". See the token with: botmother admin-token show',
  },
  'admin.token-unknown': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This admin token is unknown or was replaced. See the right one with: botmother admin-token show',
  },
  'admin.keeper-only': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'This is open to the command line and the window on this machine only.',
  },
  'panel.code': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This login link was used already or is too old. Get a new one with: botmother panel',
  },
  'panel.session': {
    kind: 'unauthorized',
    slug: 'unauthorized',
    text: 'This session has ended. Get a new login link with: botmother panel',
  },
  'admin.denied': { kind: 'forbidden', slug: 'forbidden', text: 'Admin routes are closed here: {reason}.' },
  'host.unknown': {
    kind: 'misdirected',
    slug: 'misdirected_request',
    text: 'This server does not answer for the host name that was asked. Use 127.0.0.1 or localhost with the right port.',
  },
  'route.unknown': { kind: 'not-found', slug: 'not_found', text: 'There is no route {path}.' },
  'route.slash': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no route {path}. Leave out the slash at its end: {meant}',
  },
  'route.method': {
    kind: 'method',
    slug: 'method_not_allowed',
    text: '{path} takes {allowed}, not {method}.',
  },
  'body.media-type': {
    kind: 'media-type',
    slug: 'unsupported_media_type',
    text: 'Send the body as JSON with the header "Content-Type: application/json".',
  },
  'body.too-large': { kind: 'too-large', slug: 'too_large', text: 'The body is larger than {limit} bytes.' },
  'rate.exceeded': {
    kind: 'limit',
    slug: 'rate_limited',
    text: 'Too many requests. Try again in {seconds} s.',
  },
  'bot.not-found': { kind: 'not-found', slug: 'not_found', text: 'There is no bot with ID {id}.' },
  'bot.disabled': {
    kind: 'forbidden',
    slug: 'bot_disabled',
    text: 'Bot {id} is deactivated. Activate it first.',
  },
  'bot.not-personal': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Bot {id} has an account of its own: write to it there.',
  },
  'bot.name': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'A bot name has 1 to 64 characters and no control characters.',
  },
  'bot.description': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'A description has at most {limit} characters.',
  },
  'avatar.not-base64': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`avatar` must be an image in base64.',
  },
  'avatar.format': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'This is not a picture that can be shown. Give a PNG, JPEG, GIF, WebP or AVIF image.',
  },
  'avatar.too-large': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The picture is {bytes} bytes large; at most {limit} are allowed. Scale it down, or save it as JPEG.',
  },
  'avatar.too-many-pixels': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The picture has {width} × {height} pixels, more than the {limit} that are allowed. Scale it down; 256 × 256 are shown.',
  },
  'avatar.broken': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The picture is damaged or incomplete. Save it anew, as PNG or JPEG, and try again.',
  },
  'avatar.too-slow': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The picture takes too long to read. Save it anew, smaller, as PNG or JPEG.',
  },
  'bot.no-avatar': { kind: 'not-found', slug: 'not_found', text: 'Bot {id} has no avatar.' },
  'commands.name': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '"{command}" is not a command name: use 1 to 32 of a-z, 0-9 and _.',
  },
  'commands.description': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The description of {command} has at most {limit} characters, on one line.',
  },
  'commands.twice': { kind: 'invalid', slug: 'bad_request', text: '`commands` names {command} twice.' },
  'commands.too-many': { kind: 'invalid', slug: 'bad_request', text: 'A bot has at most {limit} commands.' },
  'bot.limit': {
    kind: 'limit',
    slug: 'limit_reached',
    text: '{owner} has {limit} bots already, which is the most. Delete one first.',
  },
  'bot.cloud-unavailable': {
    kind: 'unavailable',
    slug: 'cloud_not_available',
    text: 'Cloud bots are not available yet.',
  },
  'bots.disabled': {
    kind: 'unavailable',
    slug: 'disabled',
    text: 'Bots are switched off here (setting bot_features_enabled).',
  },
  'account.unknown': {
    kind: 'invalid',
    slug: 'account_unknown',
    text: '{account} is not signed in here. Sign in with: botmother account add {account}',
  },
  'account.of-bot': {
    kind: 'conflict',
    slug: 'conflict',
    text: '{account} is the own account of bot {id}: nobody else signs in with it.',
  },
  'recipient.not-allowed': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'Bot {id} writes to its owner only. Its owner can allow {to} with the setting allowed_contacts.',
  },
  'omemo.no-device': {
    kind: 'conflict',
    slug: 'no_omemo_device',
    text: '{to} has no device that an encrypted message can be sent to. Sign in there with an app that has OMEMO switched on, then try again.',
  },
  'omemo.not-here': {
    kind: 'conflict',
    slug: 'no_omemo_device',
    text: 'The conversation with {to} is encrypted, and {account} has no OMEMO device here. Allow it one with: botmother account add {account} --omemo',
  },
  'text.too-long-encrypted': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Encrypted for all devices the message takes {bytes} bytes; at most {limit} are allowed. Send it in parts.',
  },
  'omemo.unknown-device': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no device {device}. The list shows the numbers.',
  },
  'bot.owner-is-bot': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{owner} is a bot of this installation. Name a person as the owner.',
  },
  'bot.not-dedicated': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Bot {id} has no account of its own, so it has no devices. They belong to the account it speaks through.',
  },
  'omemo.no-own-device': {
    kind: 'conflict',
    slug: 'no_omemo_device',
    text: 'This account has no OMEMO device here. Allow it one with: botmother account add JID --omemo',
  },
  'account.not-found': { kind: 'not-found', slug: 'not_found', text: '{account} is not signed in here.' },
  'account.has-bots': {
    kind: 'conflict',
    slug: 'conflict',
    text: '{account} has {count} bots. Delete them first, or remove the account together with its bots (--with-bots).',
  },
  'account.login-failed': {
    kind: 'upstream',
    slug: 'login_failed',
    text: '{account} cannot sign in: {reason}',
  },
  'account.offline': {
    kind: 'unavailable',
    slug: 'account_offline',
    text: '{account} is not connected to its server at the moment ({reason}). Try again in {seconds} s.',
  },
  'account.switched-off': {
    kind: 'unavailable',
    slug: 'account_offline',
    text: '{account} is switched off, so its bots cannot send. Switch it on with: botmother account enable {account}',
  },
  'recipient.own-bot': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: '{to} is a bot of this installation. A program may not write to it, so that bots do not talk in circles.',
  },
  'recipient.room': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Rooms are not available yet: `type` must be "chat".',
  },
  'message.not-found': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no message {id} of this bot.',
  },
  'message.unknown': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'No message {id} is known in the conversation with {to}. Use the `stanza_id` of an update, or a `message_id` that sendMessage returned.',
  },
  'message.not-own': {
    kind: 'forbidden',
    slug: 'forbidden',
    text: 'Message {id} is not from this bot. Only who wrote a message can take it back.',
  },
  'reaction.not-emoji': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`reaction` takes emojis only, at most {limit} of them. An empty text removes the reaction.',
  },
  'idempotency.other-request': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'This Idempotency-Key was used within 24 hours for a message with other content. Use a new key for a new message.',
  },
  'updates.second-poller': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Another program took over the updates of this bot. Run one getUpdates loop or event stream only.',
  },
  'updates.webhook-set': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'A webhook is set. Call deleteWebhook first, then poll.',
  },
  'dead-letter.not-found': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'Bot {id} has no dead letter {updateId}. The list of them is at /api/v1/bots/{id}/dead-letters.',
  },
  'address.refused': { kind: 'invalid', slug: 'bad_request', text: '{url} is refused: {reason}' },
  'setting.unknown': { kind: 'not-found', slug: 'not_found', text: 'There is no setting called {key}.' },
  'setting.invalid': { kind: 'invalid', slug: 'bad_request', text: '{key}: {reason}' },
  'setting.port-taken': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Port {port} is used by another program. Choose another port, or stop that program first.',
  },
  'setting.port-forbidden': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'This machine does not let port {port} be used. Choose another port.',
  },
  'setting.secret-bound': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{key} was given for the address and account that are saved. Give it again together with the new ones, or clear it.',
  },
  'ejabberd.not-configured': {
    kind: 'invalid',
    slug: 'not_configured',
    text: 'How accounts are made on the XMPP server is not set. Set it with: botmother ejabberd set',
  },
  'ejabberd.incomplete': {
    kind: 'invalid',
    slug: 'not_configured',
    text: '`{field}` is neither given nor saved, and this way of making accounts needs it.',
  },
  'ejabberd.password-needed': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`admin_password` is needed: the saved one is used only with the saved `api_url`, `admin_jid`, `service` and `ca`.',
  },
  'ejabberd.unreachable': {
    kind: 'upstream',
    slug: 'ejabberd_unreachable',
    text: 'There is no answer from {url}: {reason}. Check `api_url`, and `ca` when it is about the certificate.',
  },
  'ejabberd.foreign': {
    kind: 'upstream',
    slug: 'not_ejabberd',
    text: 'What answers at {url} is not the admin API of ejabberd. It is where mod_http_api is in its configuration, such as http://localhost:5443/api.',
  },
  'ejabberd.credentials': {
    kind: 'upstream',
    slug: 'ejabberd_credentials',
    text: 'The server does not take {jid} with this password. Check `admin_jid` and `admin_password`.',
  },
  'ejabberd.rights': {
    kind: 'upstream',
    slug: 'ejabberd_no_rights',
    text: '{jid} may not make accounts. Allow it registered_vhosts, register and unregister in api_permissions of ejabberd.',
  },
  'ejabberd.host-unknown': {
    kind: 'upstream',
    slug: 'ejabberd_host_unknown',
    text: 'This ejabberd does not serve {host}. Check `host`.',
  },
  'ejabberd.failed': {
    kind: 'upstream',
    slug: 'ejabberd_failed',
    text: 'ejabberd could not do it ({reason}). Its log has the details.',
  },
  'ejabberd.no-command': {
    kind: 'upstream',
    slug: 'ejabberd_no_command',
    text: 'This ejabberd has no command {command}. Switch on mod_admin_extra in its configuration.',
  },
  'provisioning.unreachable': {
    kind: 'upstream',
    slug: 'xmpp_unreachable',
    text: '{host} cannot be reached over XMPP. {reason} Check `host`, `service` and `ca`.',
  },
  'provisioning.rights': {
    kind: 'upstream',
    slug: 'xmpp_no_rights',
    text: '{jid} may not manage accounts of {host} over XMPP. In Prosody, enable admin_adhoc and list it in `admins`; in ejabberd, use mod_configure and the access rule `configure`, or set `api_url`.',
  },
  'provisioning.no-registration': {
    kind: 'upstream',
    slug: 'registration_closed',
    text: '{host} lets nobody register over XMPP. {reason} Allow it there, or set `admin_jid` and `admin_password` of an administrator.',
  },
  'provisioning.too-fast': {
    kind: 'upstream',
    slug: 'registration_limited',
    text: '{host} makes no more accounts at the moment: too many came in a short time. Try again later.',
  },
  'provisioning.password-changed': {
    kind: 'upstream',
    slug: 'account_password_changed',
    text: '{jid} is still on the server, and its saved password is no longer right. Remove the account there.',
  },
  'provisioning.names-taken': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'No free account name was found for this bot on {host} in {tries} tries. Try again, or use another name.',
  },
  'provisioning.failed': {
    kind: 'upstream',
    slug: 'xmpp_failed',
    text: '{host} could not do it ({reason}). Its log has the details.',
  },
  'backup.running': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Another backup is being made at the moment. Try again when it is done.',
  },
  'storage.failed': {
    kind: 'unavailable',
    slug: 'storage_failed',
    text: 'The data could not be stored ({reason}). Nothing was changed.',
  },
  'engine.stopping': {
    kind: 'unavailable',
    slug: 'stopping',
    text: 'The engine is stopping. Try again soon.',
  },
  internal: { kind: 'internal', slug: 'internal', text: 'Something went wrong on our side.' },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof catalogue;
type Slot<T> = T extends `${string}{${infer S}}${infer Rest}` ? S | Slot<Rest> : never;
type Details<C extends ErrorCode> = Record<Slot<(typeof catalogue)[C]['text']>, string | number>;

/** An expected no. Its message is meant for people and holds no secret. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly slug: string;
  /** What fills its words, for edges that say it in another language. */
  readonly details: Readonly<Record<string, string | number>>;
  /** Seconds after which trying again makes sense, where that is known. */
  readonly retryAfterS: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, string | number>>,
    retryAfterS?: number,
  ) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
    this.kind = catalogue[code].kind;
    this.slug = catalogue[code].slug;
    this.retryAfterS = retryAfterS;
  }
}

/** Makes (does not throw) the refusal of that code; the compiler checks the details against its text. */
export function refuse<C extends ErrorCode>(code: C, details: Details<C>, retryAfterS?: number): DomainError {
  const words: Record<string, string | number> = details;
  return new DomainError(code, fill(catalogue[code].text, words), words, retryAfterS);
}

/** Puts values into the slots of a refusal's text. */
export const fill = (text: string, words: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, slot: string) => String(words[slot] ?? ''));

export const errorCodes = Object.keys(catalogue) as ErrorCode[];
export const errorEntry = (code: ErrorCode): Entry => catalogue[code];
