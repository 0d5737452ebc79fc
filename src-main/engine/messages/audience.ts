import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { BotCommands } from '../bots/bot-commands.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { Outbox } from './outbox.ts';
import type { IncomingMessage } from './read-message.ts';

interface AudienceDeps {
  bots: BotService;
  botSettings: BotSettings;
  botCommands: BotCommands;
  outbox: Outbox;
}

/** A slash text in the self-chat that is no built-in command. */
interface OwnCommand {
  name: string;
  /** A built-in one has nearly that name. */
  isProbablyBuiltIn: boolean;
}

/** Which bots of an account a message is for. Whether their programs ask for such updates is another question. */
export function audience({ bots, botSettings, botCommands, outbox }: AudienceDeps) {
  /**
   * Whoever gets what is typed into the self-chat: the bot chosen with /use; for a command, else the only one that takes
   * it; else the newest, unless a built-in command was probably meant.
   */
  async function ofText(tx: Tx, account: Account, command: OwnCommand | undefined): Promise<Bot[]> {
    const chosen = await bots.chosenOf(account.jid, tx);
    if (chosen) return [chosen];
    const active = await bots.activeOf(account.jid, tx);
    const ids = active.map(({ id }) => id);
    const takers = command ? await botCommands.takers(tx, ids, command.name) : [];
    if (takers.length === 1) return active.filter(({ id }) => id === takers[0]);
    return command?.isProbablyBuiltIn ? [] : active.slice(-1);
  }

  /** What the owner does to a bot's own message is that bot's affair, whichever one is selected. */
  async function ofChange(tx: Tx, owner: Account, stanzaId: string): Promise<Bot[]> {
    const sender = await outbox.senderOf(tx, owner.id, stanzaId);
    const active = await bots.activeOf(owner.jid, tx);
    const concerned = active.find(({ id }) => id === sender?.botId);
    return concerned ? [concerned] : ofText(tx, owner, undefined);
  }

  return {
    async of(tx: Tx, account: Account, message: IncomingMessage, command?: OwnCommand): Promise<Bot[]> {
      const { kind, from, to, stanzaId } = message;
      const own = account.jid;
      if (from === own && to === own) {
        return kind === 'message' ? ofText(tx, account, command) : ofChange(tx, account, stanzaId);
      }
      const active = await bots.activeOf(own, tx);
      return active.filter(({ id }) => {
        const scope = botSettings.get(id, 'scope');
        return scope === 'all' || (scope === 'direct' && from !== own);
      });
    },
  };
}
export type Audience = ReturnType<typeof audience>;
