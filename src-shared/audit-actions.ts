import type { ErrorKind } from './errors/entry.ts';
import type { CodesOfKind, ErrorCode } from './errors.ts';

/** What the audit log calls a change, or something that was handed out. Each has its words in the window. */
export type AuditedChange =
  | 'account.add'
  | 'account.update'
  | 'account.remove'
  | 'account.enable'
  | 'account.disable'
  | 'account.operator'
  | 'account.language'
  | 'account.omemo-on'
  | 'account.omemo-off'
  | 'admin-token.rotate'
  | 'ai.setup'
  | 'ai.system'
  | 'ai.on'
  | 'ai.off'
  | 'ai.forget'
  | 'ai.clear'
  | 'backup'
  | 'restore'
  | 'bot.create'
  | 'bot.delete'
  | 'bot.activate'
  | 'bot.deactivate'
  | 'bot.description'
  | 'bot.avatar'
  | 'bot.commands'
  | 'bot.setting'
  | 'bot.use'
  | 'bot.token'
  | 'bot.token-shown'
  | 'bot.revoke'
  | AuditedErrand
  | 'certificate.renewed'
  | 'certificate.deleted'
  | 'omemo.trust'
  | 'omemo.distrust'
  | 'omemo.reset'
  | 'panel.link'
  | 'panel.login'
  | 'room.join'
  | 'room.leave'
  | 'setting.set'
  | 'telegram.setup'
  | 'telegram.on'
  | 'telegram.off'
  | 'telegram.mode'
  | 'telegram.forget'
  | 'telegram.dropped'
  | 'telegram.webhook-removed'
  | 'webhook.set'
  | 'webhook.end'
  | 'webhook.replay';

/** What is done at servers later: noted when it was done, and when a try failed. */
type AuditedErrand = 'bot.account-given-up' | 'bot.account-removed' | 'bot.contact-removed';

/** Refusals that say something about who asks. What was merely typed wrong is no news. */
const NOTED_KINDS = [
  'unauthorized',
  'forbidden',
  'misdirected',
  'limit',
  'conflict',
  'upstream',
] as const satisfies readonly ErrorKind[];
/** Wrong requests that are more than typing mistakes: an address that must not be reached, a secret sent elsewhere. */
const NOTED_CODES = [
  'address.refused',
  'setting.secret-bound',
  'ejabberd.password-needed',
] as const satisfies readonly ErrorCode[];
/** A request without a token is a forgotten header, and a second poller a second poller. */
const NOT_NOTED = [
  'token.missing',
  'updates.second-poller',
  'updates.webhook-set',
] as const satisfies readonly ErrorCode[];

/** A refusal over HTTP that is noted, by its code. */
type NotedCode = Exclude<
  CodesOfKind<(typeof NOTED_KINDS)[number]> | (typeof NOTED_CODES)[number],
  (typeof NOT_NOTED)[number]
>;

const includes = <T>(known: readonly T[], one: unknown): one is T =>
  (known as readonly unknown[]).includes(one);

/** Whether a refusal goes into the audit log. */
export const isNoted = <E extends { kind: ErrorKind; code: ErrorCode }>(
  error: E,
): error is E & { code: NotedCode } =>
  (includes(NOTED_KINDS, error.kind) || includes(NOTED_CODES, error.code)) &&
  !includes(NOT_NOTED, error.code);

/** What the audit log calls a refusal whose words are a table's, as those of a change are. */
export type ListedRefusal = NotedCode | 'refusals.unlisted';
/** A refusal: of a request, of a command in the chat with oneself, of one in a bot's chat, or of a server. */
export type AuditedRefusal = ListedRefusal | AuditedErrand | `command.${string}` | `menu.${string}`;
