import type { BareJid } from '../../../src-shared/jid.ts';
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

/** Which bots of an account a message is for. Whether their programs ask for such updates is another question. */
export function audience({ bots, botSettings, botCommands, outbox }: AudienceDeps) {
  /** Whoever gets what is typed into the self-chat: the selected bot, else the only one that takes that command. */
  async function ofText(tx: Tx, owner: BareJid, command: string | undefined): Promise<Bot[]> {
    const selected = await bots.selectedOf(owner, tx);
    if (selected) return [selected];
    if (command === undefined) return [];
    const active = await bots.activeOf(owner, tx);
    const ids = active.map(({ id }) => id);
    const takers = await botCommands.takers(tx, ids, command);
    return takers.length === 1 ? active.filter(({ id }) => id === takers[0]) : [];
  }

  /** What the owner does to a bot's own message is that bot's affair, whichever one is selected. */
  async function ofChange(tx: Tx, owner: Account, stanzaId: string): Promise<Bot[]> {
    const sender = await outbox.senderOf(tx, owner.id, stanzaId);
    const active = await bots.activeOf(owner.jid, tx);
    const concerned = active.find(({ id }) => id === sender?.botId);
    return concerned ? [concerned] : ofText(tx, owner.jid, undefined);
  }

  return {
    /** `command`: the name of a slash text in the self-chat that is no built-in. */
    async of(tx: Tx, account: Account, message: IncomingMessage, command?: string): Promise<Bot[]> {
      const { kind, from, to, stanzaId } = message;
      const own = account.jid;
      if (from === own && to === own) {
        return kind === 'message' ? ofText(tx, own, command) : ofChange(tx, account, stanzaId);
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
