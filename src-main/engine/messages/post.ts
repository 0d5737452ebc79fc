import { parse } from 'ltx';
import { refuse } from '../../../src-shared/errors.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { STANZA_LIMIT_BYTES } from '../../gateways/xmpp/element.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { ChatLog } from '../chat/chat-log.ts';
import type { Omemo } from '../omemo/omemo.ts';
import type { ComposedMessage } from './compose.ts';
import type { Conversations } from './conversations.ts';
import type { OpenMenus } from './open-menus.ts';
import type { Outbox } from './outbox.ts';

interface PostDeps {
  outbox: Outbox;
  omemo: Omemo;
  conversations: Conversations;
  menus: Pick<OpenMenus, 'said'>;
  rooms: RoomPlaces;
  /** What people's accounts say is kept for their window. */
  log: Pick<ChatLog, 'wrote'>;
}

/** Rooms that accounts are in, as far as sending has to know of them. */
export interface RoomPlaces {
  place(account: Account, to: BareJid): RoomPlace | undefined;
}
export interface RoomPlace {
  /** For members only, who see each other's addresses: such a room can be encrypted. Undefined: not known yet. */
  isPrivate: boolean | undefined;
  members: { all(): readonly BareJid[]; prepare(): Promise<void> };
  /** For whom of them a message could be encrypted. */
  noteReached(reached: ReadonlySet<BareJid>): void;
}

const RETRY_AFTER_S = 5;

/** Who sends: a bot through an account, or the installation itself. */
export interface Sender {
  account: Account;
  botId: BotId | null;
}

/**
 * The one way to the outbox, for everything that says something. What a dedicated bot sends is encrypted or not sent;
 * what goes through a person's account follows the conversation, and never falls back in silence (contract, sections 3
 * and 4). Rooms are encrypted where they can be: for members only, who see each other's addresses.
 */
export function post({ outbox, omemo, conversations, menus, rooms, log }: PostDeps) {
  async function put(tx: Tx, sender: Sender, message: ComposedMessage): Promise<void> {
    const { account, botId } = sender;
    // A menu is open until something else is said.
    if (message.kind === 'message') menus.said(tx, account, message.to, message.menu);
    await log.wrote(tx, sender, message, message.plain !== undefined);
    await outbox.put(tx, { accountId: account.id, botId }, message);
  }

  /** `wished`: encrypted as soon as somebody could read it. */
  function secrecyOf(account: Account, to: BareJid): 'needed' | 'wished' | 'none' {
    const room = rooms.place(account, to);
    // An open room has no members that it could be encrypted for: its walls are thin for everybody there.
    if (room && !room.isPrivate) return 'none';
    if (account.botId === undefined && to === account.jid) return account.hasOmemo ? 'wished' : 'none';
    return conversations.isSecret(account, to) ? 'needed' : 'none';
  }

  async function isSealed(tx: Tx, account: Account, to: BareJid): Promise<boolean> {
    const secrecy = secrecyOf(account, to);
    if (secrecy === 'needed' && !account.hasOmemo)
      throw refuse('omemo.not-here', { account: account.jid, to });
    return secrecy === 'needed' || (secrecy === 'wished' && (await omemo.isPossible(tx, account, to)));
  }

  /** Refuses while nobody knows whether something may be said in clear there. */
  function checkKnown(account: Account, to: BareJid): void {
    const room = rooms.place(account, to);
    if (room?.isPrivate === undefined)
      throw refuse('room.not-back', { room: to, seconds: RETRY_AFTER_S }, RETRY_AFTER_S);
  }

  return {
    /** Whether a message would go encrypted now. Refuses where it must be and cannot be. */
    isSealed,
    /**
     * Refuses what is for a room while it is not known whether something may be said in clear there. To be asked before
     * anything of it leaves in another way.
     */
    checkRoom: checkKnown,
    /** To be awaited before the unit: reads devices and their keys, as far as that is needed and possible. */
    async prepare(account: Account, to: BareJid): Promise<void> {
      if (!account.hasOmemo || secrecyOf(account, to) === 'none') return;
      await omemo.published(account.id);
      const room = rooms.place(account, to);
      if (room) return room.members.prepare();
      await omemo.prepare(account, to);
      if (account.botId === undefined && to !== account.jid) await omemo.prepare(account, account.jid);
    },

    /**
     * Whether what goes there now is encrypted. Refuses, before there is a message, what could not be said encrypted and
     * must be.
     */
    async isEncrypted(tx: Tx, account: Account, to: BareJid): Promise<boolean> {
      const room = rooms.place(account, to);
      if (room) checkKnown(account, to);
      if (!(await isSealed(tx, account, to))) return false;
      // In a room it goes to the members that have devices.
      if (!room && !(await omemo.isPossible(tx, account, to))) throw refuse('omemo.no-device', { to });
      return true;
    },

    /** Puts a message on its way in the caller's unit. Refuses one that must be encrypted and cannot be. */
    async put(tx: Tx, sender: Sender, message: ComposedMessage): Promise<void> {
      const { account } = sender;
      const room = rooms.place(account, message.to);
      if (message.isRoom) checkKnown(account, message.to);
      if (!(await isSealed(tx, account, message.to))) return put(tx, sender, message);
      const sealed = await omemo.seal(tx, account, message.to, parse(message.stanza), room?.members.all());
      const stanza = sealed.stanza.toString();
      const bytes = Buffer.byteLength(stanza);
      if (bytes > STANZA_LIMIT_BYTES)
        throw refuse('text.too-long-encrypted', { bytes, limit: STANZA_LIMIT_BYTES });
      await put(tx, sender, { ...message, stanza, plain: message.stanza });
      tx.afterCommit(() => room?.noteReached(new Set(sealed.reached.map(({ jid }) => jid))));
    },

    /** The same for one of the fixed texts that a dedicated bot may say in clear, where nobody could read it otherwise. */
    async putFixedText(tx: Tx, sender: Sender, message: ComposedMessage): Promise<void> {
      const isReadable = sender.account.hasOmemo && (await omemo.isPossible(tx, sender.account, message.to));
      await (isReadable ? this.put(tx, sender, message) : this.putInClear(tx, sender, message));
    },

    /** One of the fixed texts, to who may not be able to read anything else. */
    putInClear: put,
  };
}
export type Post = ReturnType<typeof post>;
