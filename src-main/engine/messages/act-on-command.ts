import { DomainError, refuse } from '../../../src-shared/errors.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import { composeChat } from './compose.ts';
import { type Answer, type InboundDeps, isInQueue, type Place } from './inbound-roles.ts';
import type { LateCommand } from './late-commands.ts';
import { commandIn } from './message-meaning.ts';
import type { IncomingMessage } from './read-message.ts';

interface CommandActsDeps
  extends Pick<
    InboundDeps,
    'store' | 'inbox' | 'post' | 'chat' | 'commands' | 'takeBack' | 'turn' | 'logger'
  > {
  /** The row ends with this unit. */
  end: (tx: Tx, inboxId: string, message: IncomingMessage) => Promise<void>;
}

/** A late command, with what takes it back where it must not stand there. */
interface Held extends LateCommand {
  hide: ((tx: Tx) => Promise<void>) | undefined;
}

/** Nobody can say that nobody waits. */
const ALWAYS = new AbortController().signal;

/** Unit three of a message that is a command: its changes, its answer, and the end of its row. */
export function commandActs(account: Account, deps: CommandActsDeps) {
  const { store, inbox, post, chat, commands, takeBack, turn, logger, end } = deps;

  /** What a command has done stands, also where no device is left that its answer could be encrypted for. */
  async function say(tx: Tx, { text, offers = [], isMenu = false }: Answer, handled?: string): Promise<void> {
    if (text === '') return;
    const answer = {
      ...composeChat(account.jid, chat.partner, text, { handled, isPlain: true, offers }),
      ...(isMenu && { menu: offers.map(({ command }) => command) }),
    };
    try {
      await post.put(tx, { account, botId: null }, answer);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      logger.warn({ account: account.jid, reason: error.code }, 'an answer could not be sent');
    }
  }

  /** Takes the message back, where a secret stands in it. */
  const hiding = async (message: IncomingMessage) =>
    commands.holdsSecret(message.text) ? takeBack.prepare(message) : undefined;

  /** What cannot be explained is tried again, but not where each try may cost somebody money. */
  function refusalOf(error: unknown, text: string): DomainError {
    if (error instanceof DomainError) return error;
    if (commands.placeOf(text) !== 'beside') throw error;
    logger.error({ err: error, account: account.jid }, 'a command failed');
    return refuse('internal', {});
  }

  return {
    /** Where the command runs. */
    placeOf: ({ text }: IncomingMessage): Place => commands.placeOf(text),

    /** Runs the command and answers it, once. When nobody waits any more it stays as it is, to be run again. */
    async run(inboxId: string, message: IncomingMessage, signal: AbortSignal = ALWAYS): Promise<void> {
      const { text, isEncrypted } = message;
      const hide = await hiding(message);
      const answer = (reply: (tx: Tx) => Promise<Answer>) =>
        store.write(async (tx) => {
          if (!(await inbox.isOpen(tx, inboxId))) return;
          await end(tx, inboxId, message);
          await say(tx, await reply(tx), message.names[0]);
          await hide?.(tx);
        });
      await post.prepare(account, chat.partner);
      try {
        if (!commands.has(commandIn(account, chat, message)?.name ?? '')) {
          await answer(async (tx) => ({ text: await commands.unknown(tx, account, text) }));
        } else if (commands.placeOf(text) === 'unit') {
          await answer((tx) => commands.run(tx, account, text, { isEncrypted }));
        } else if (await store.write((tx) => inbox.isOpen(tx, inboxId))) {
          const done = await commands.runAhead(account, text, { isEncrypted, signal });
          // What changed something has changed it.
          if (!signal.aborted || isInQueue(commands.placeOf(text))) await answer(async () => done);
        }
      } catch (error) {
        if (signal.aborted) return;
        const refusal = refusalOf(error, text);
        await answer(async (tx) => ({ text: await commands.refused(tx, account, text, refusal) }));
      }
    },

    /** Ends commands that came too late with one notice. */
    async tellLate(late: readonly LateCommand[]): Promise<void> {
      // Another engine acts by now, and tells them itself.
      if (!turn.isActing) return;
      try {
        await post.prepare(account, chat.partner);
        const held: Held[] = await Promise.all(
          late.map(async (command) => ({ ...command, hide: await hiding(command.message) })),
        );
        await store.write(async (tx) => {
          const open: Held[] = [];
          for (const command of held) {
            if (await inbox.isOpen(tx, command.inboxId)) open.push(command);
          }
          for (const { inboxId, message, hide } of open) {
            await end(tx, inboxId, message);
            await hide?.(tx);
          }
          if (open.length === 0) return;
          const texts = open.map(({ message }) => message.text);
          await say(tx, { text: await commands.tooLate(tx, account, texts) });
        });
      } catch (error) {
        logger.error({ err: error, account: account.jid }, 'late commands were not told');
      }
    },
  };
}
