import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';

interface OpenMenu {
  commands: readonly string[];
  atMs: number;
}

/** Who reads a menu chooses at once, or writes out what is meant. */
const OPEN_MS = 5 * 60 * 1_000;
const NUMBER = /^[1-9]\d?$/;

/** True for a text that could choose from a menu. */
export const isNumber = (text: string): boolean => NUMBER.test(text.trim());

/**
 * The menus that stand last in their chats: a number typed alone chooses from one, for clients that show no buttons. Kept
 * in memory, because after a restart nobody waits for them.
 */
export function openMenus({ clock }: { clock: Clock }) {
  const menus = new Map<string, OpenMenu>();
  const nameOf = (id: AccountId, partner: BareJid) => `${id}/${partner}`;

  return {
    /** Something was said in a chat of the account: a menu, by what its numbers stand for, or anything else, which ends one. */
    said(tx: Tx, { id }: Pick<Account, 'id'>, partner: BareJid, commands: readonly string[] = []): void {
      const name = nameOf(id, partner);
      const atMs = clock.now();
      tx.afterCommit(() => {
        if (commands.length === 0) menus.delete(name);
        else menus.set(name, { commands, atMs });
      });
    },
    /** The command that this text stands for, if it chooses one. */
    chosen(
      { id }: Pick<Account, 'id'>,
      partner: BareJid,
      { text, sentAt }: { text: string; sentAt: number },
    ): string | undefined {
      if (!isNumber(text)) return undefined;
      const menu = menus.get(nameOf(id, partner));
      // A number that was typed before the menu was there means something else.
      if (!menu || sentAt < menu.atMs || clock.now() - menu.atMs > OPEN_MS) return undefined;
      return menu.commands[Number(text.trim()) - 1];
    },
  };
}
export type OpenMenus = ReturnType<typeof openMenus>;
