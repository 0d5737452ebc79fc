import type { Caller } from '../../../src-shared/access.ts';
import type { TokenScope } from '../../../src-shared/api/token-scopes.ts';
import { type BareJid, domainOf } from '../../../src-shared/jid.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { EjabberdService } from '../provisioning/ejabberd-service.ts';
import type { BotErrands } from './bot-errands.ts';
import type { BotService } from './bot-service.ts';
import { createDedicatedAccount } from './dedicated-name.ts';

interface DedicatedBotsDeps {
  store: Store;
  bots: BotService;
  accounts: AccountRepository;
  ejabberd: Pick<EjabberdService, 'accounts' | 'placeFor'>;
  errands: BotErrands;
}

/** Bots with an XMPP account of their own: the account is made first and removed last. */
export function dedicatedBots({ store, bots, accounts, ejabberd, errands }: DedicatedBotsDeps) {
  /** Makes the account. A row tells of each try from before the server hears of it until it is known how it ended. */
  async function register(name: string, owner: BareJid) {
    const provider = ejabberd.accounts();
    const errandIds: number[] = [];
    try {
      const account = await createDedicatedAccount(provider, name, {
        async intend(intended) {
          errandIds.push(await store.write((tx) => errands.begin(tx, { ...intended, owner })));
        },
      });
      return { ...account, errandIds };
    } catch (error) {
      // Nobody who refused has made one; who did not answer may have.
      for (const id of errandIds) errands.performSoon(id);
      throw error;
    } finally {
      await provider.close();
    }
  }

  return {
    /** Makes the bot together with its account. Refuses as `BotService.create` does, and as the server does. */
    async create(
      request: { name: string; owner: BareJid; scopes?: readonly TokenScope[] | undefined },
      caller: Caller,
      alsoDo: (tx: Tx, bot: Bot) => Promise<void> = async () => undefined,
    ): Promise<{ bot: Bot; token: string }> {
      const { name, owner, scopes } = request;
      await store.write((tx) => bots.checkNew(tx, { name, owner, mode: 'dedicated' }));
      const { jid, password, errandIds } = await register(name, owner);
      try {
        return await store.write(async (tx) => {
          const made = await bots.create(tx, { name, owner, mode: 'dedicated', jid, scopes }, caller);
          const ownerAccount = await accounts.ofPerson(owner, tx);
          await accounts.insert(tx, {
            jid,
            password,
            ...ejabberd.placeFor(domainOf(jid), ownerAccount),
            isOperator: false,
            botId: made.bot.id,
            hasOmemo: true,
            createdAt: made.bot.createdAt * 1_000,
          });
          await alsoDo(tx, made.bot);
          for (const id of errandIds) await errands.done(tx, id);
          return made;
        });
      } catch (error) {
        for (const id of errandIds) errands.performSoon(id);
        throw error;
      }
    },

    /**
     * Deletes a bot in the unit; of a dedicated one the account goes after the commit, with everything it has published.
     * Resolves with the number of that errand.
     */
    async delete(tx: Tx, bot: Bot, caller: Caller): Promise<number | undefined> {
      const account = await accounts.ofBot(bot.id, tx);
      const errandId = account && (await errands.remove(tx, await errandOf(tx, account, bot)));
      await bots.delete(tx, bot, caller);
      if (errandId !== undefined) tx.onDisk(() => errands.performSoon(errandId));
      return errandId;
    },
    /** Whether the account of a deleted bot is gone: waits for the first attempt. */
    isRemoved: (errandId: number): Promise<boolean> => errands.perform(errandId),
  };

  async function errandOf(tx: Tx, { id, jid }: Account, { owner }: Bot) {
    return { jid, owner, password: await accounts.passwordOf(id, tx) };
  }
}
export type DedicatedBots = ReturnType<typeof dedicatedBots>;
