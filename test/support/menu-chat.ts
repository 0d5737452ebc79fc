import { menuRouter } from '../../src-main/commands/menu/menu-router.ts';
import type { Answer } from '../../src-main/engine/messages/inbound-roles.ts';
import { DomainError } from '../../src-shared/errors.ts';
import { bareJid } from '../../src-shared/jid.ts';
import type { TestEngine } from './test-engine.ts';

/** What the owner of a dedicated bot types into its chat, and what the bot answers. */
export async function menuChat({ engine }: Pick<TestEngine, 'engine'>, jid: string) {
  const account = await engine.accounts.any(bareJid(jid));
  const menu = menuRouter(engine);

  async function answer(text: string, isEncrypted = true): Promise<Answer> {
    try {
      return menu.placeOf(text) !== 'unit'
        ? await menu.runAhead(account, text, { isEncrypted, signal: new AbortController().signal })
        : await engine.store.write((tx) => menu.run(tx, account, text, { isEncrypted }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { text: await engine.store.write((tx) => menu.refused(tx, account, text, error)) };
    }
  }
  return {
    account,
    menu,
    answer,
    type: async (text: string, isEncrypted = true) => (await answer(text, isEncrypted)).text,
  };
}
