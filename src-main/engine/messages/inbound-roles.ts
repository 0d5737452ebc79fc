import type { Element } from '@xmpp/xml';
import type { DomainError } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboxRepository } from '../../store/inbox-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AiIntake } from '../ai/ai-intake.ts';
import type { ChatLog } from '../chat/chat-log.ts';
import type { ReceivedFiles } from '../files/received-files.ts';
import type { TelegramIntake } from '../telegram/telegram-intake.ts';
import type { UpdateService } from '../updates/update-service.ts';
import type { Audience } from './audience.ts';
import type { MessageSecrets } from './message-secrets.ts';
import type { OpenMenus } from './open-menus.ts';
import type { Outbox } from './outbox.ts';
import type { Post } from './post.ts';
import type { SecretRetraction } from './secret-retraction.ts';

/** Something that an answer offers: a line that could be typed. */
export interface Offer {
  command: string;
  label: string;
}

/** What a command answers. */
export interface Answer {
  /** Empty: messages of their own answer it. */
  text: string;
  /** What can be said to it; shown by clients that know such offers (XEP-0439). */
  offers?: readonly Offer[];
  /** Its offers are numbered in the text: the number alone chooses one, until something else is said. */
  isMenu?: boolean;
}

/** A command that can be typed, as a list shows it. */
export interface ListedCommand {
  /** Without the slash. */
  name: string;
  /** A line with what may stand behind the name. */
  usage: string;
  summary: string;
  /** It opens a menu. */
  isMenu: boolean;
}

/**
 * Where a command runs: in the unit of its answer; before it, because it needs the world outside, which answers at once;
 * queued, because it changes something and asks somebody far away first, so that the commands typed after it wait, and
 * nothing else; holding, which is queued, and decides where goes what is typed after it in that chat: that waits, too; or
 * beside everything else, because it changes nothing, and takes as long as somebody far away likes.
 */
export type Place = 'unit' | 'ahead' | 'queued' | 'holding' | 'beside';

/** Commands have their turn there, one after the other. */
export const isInQueue = (place: Place): boolean => place === 'queued' || place === 'holding';

/** What the chat edge does for the engine: it is handed in at start, the engine imports no edge. */
export interface CommandRunner {
  /** The built-in commands that are offered, in their order. */
  list(language: Language): readonly ListedCommand[];
  /** True for the name (without the slash) of a built-in command of the self-chat. */
  has(name: string): boolean;
  /** True for a name that is probably a built-in command, mistyped. */
  resembles(name: string): boolean;
  /** Where the command runs. */
  placeOf(text: string): Place;
  /** Whether a secret such as a key stands in the line: it is taken back, where that is possible. */
  holdsSecret(text: string): boolean;
  /**
   * Runs a command outside of the unit. It may run again when its answer could not be stored. A DomainError refuses it. When the
   * signal says that nobody waits any more, it ends soon, however.
   */
  runAhead(owner: Account, text: string, how: { isEncrypted: boolean; signal: AbortSignal }): Promise<Answer>;
  /** Runs any other command in the unit and returns its answer. A DomainError undoes what it did. */
  run(tx: Tx, owner: Account, text: string, how: { isEncrypted: boolean }): Promise<Answer>;
  /** The answer to a refused command, which is noted in the audit log. */
  refused(tx: Tx, owner: Account, text: string, error: DomainError): Promise<string>;
  /** The one line for a slash text that nobody takes. */
  unknown(tx: Tx, owner: Account, text: string): Promise<string>;
  /** One notice for commands that came too late to run. */
  tooLate(tx: Tx, owner: Account, texts: readonly string[]): Promise<string>;
}

/** How far the account's archive is read (archive-catch-up.ts). */
export interface ArchiveProgress {
  /** False from the moment a session is lost until the archive has told what was missed, and while others act. */
  readonly isCaughtUp: boolean;
  /** Everything up to this message is stored or does not concern us. */
  reached(position: { archiveId: string; atMs: number }): void;
}

/** Which engine of the account acts (engine-peers.ts). */
export interface EngineTurn {
  /** False while another one does, or that is not known yet: messages are stored, and nothing is done with them. */
  readonly isActing: boolean;
  /** True once it is known that another one does. */
  readonly isStandingBy: boolean;
  /** Tells the other engines that the messages of these names are done. */
  tell(names: readonly string[]): void;
}

/**
 * The chat in which an account takes commands: a person's with itself, or a bot's with its owner. Whose word counts there
 * is told apart by bare JID alone.
 */
export interface CommandChat {
  /** Who commands: the account itself, or the bot's owner. */
  partner: BareJid;
  /** True where nobody else is heard: of others nothing is stored, logged or decrypted. */
  isPartnerOnly: boolean;
  /** Whether what is not encrypted counts; what happens when it does not. */
  takesPlain: () => boolean;
}

/** What the inbound pipeline of an account works with. */
export interface InboundDeps {
  chat: CommandChat;
  /** Opens what came encrypted. */
  secrets: MessageSecrets;
  post: Post;
  store: Store;
  inbox: InboxRepository;
  outbox: Outbox;
  audience: Pick<Audience, 'of'>;
  updates: UpdateService;
  receivedFiles: Pick<ReceivedFiles, 'offer'>;
  ai: Pick<AiIntake, 'asked' | 'take'>;
  telegram: Pick<TelegramIntake, 'hears' | 'take'>;
  commands: CommandRunner;
  menus: OpenMenus;
  takeBack: SecretRetraction;
  archive: ArchiveProgress;
  turn: EngineTurn;
  /** Keeps what is said for the person's window; a bot's account has none. */
  log?: ChatLog | undefined;
  /** Confirms, if that is right, that a message arrived which somebody's bot gets. */
  confirm?: (stanza: Element) => void;
  clock: Clock;
  logger: Logger;
}

/** A command that waited longer does not run: the person has moved on, or does not expect it any more. */
export const COMMAND_FRESH_MS = 2 * 60 * 1_000;
/** Text older than that is no news to a program any more. */
export const UPDATE_FRESH_MS = 24 * 60 * 60 * 1_000;
