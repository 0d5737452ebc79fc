import type { Selectable } from 'kysely';
import type { AccountId, BotId, TenantId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { changesOf, knownRows } from './known-rows.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';
import type { AccountTable } from './schema.ts';

export interface Account {
  id: AccountId;
  jid: BareJid;
  service: string | undefined;
  /** PEM text of additional trusted certificates. */
  ca: string | undefined;
  isEnabled: boolean;
  isOperator: boolean;
  /** Of answers in chat; undefined: the setting's. */
  language: 'en' | 'de' | undefined;
  /** The bot chosen with /use. */
  selectedBotId: BotId | undefined;
  /** The dedicated bot whose own account this is; undefined: a person's. */
  botId: BotId | undefined;
  /** It has an OMEMO device here: a bot's always, a person's with consent. */
  hasOmemo: boolean;
  createdAt: number;
}

/** How far an account's archive was read (XEP-0313). */
export interface ArchivePosition {
  /** Undefined while the archive was empty. */
  archiveId: string | undefined;
  /** When that message was sent, Unix milliseconds by the server's clock. */
  atMs: number;
}

export interface NewAccount {
  jid: BareJid;
  password: string;
  service: string | undefined;
  ca: string | undefined;
  isOperator: boolean;
  botId?: BotId;
  hasOmemo?: boolean;
  createdAt: number;
}

const passwordPlace = (id: number) => ({ table: 'account', row: id, column: 'password' });

function toAccount(row: Selectable<AccountTable>): Account {
  return {
    id: row.id as AccountId,
    // Written by `insert` alone, which takes a prepared JID.
    jid: row.jid as BareJid,
    service: row.service ?? undefined,
    ca: row.ca ?? undefined,
    isEnabled: row.enabled === 1,
    isOperator: row.is_operator === 1,
    language: row.language ?? undefined,
    selectedBotId: (row.selected_bot_id ?? undefined) as BotId | undefined,
    botId: (row.bot_id ?? undefined) as BotId | undefined,
    hasOmemo: row.has_omemo === 1,
    createdAt: row.created_at,
  };
}

/** XMPP accounts that are signed in here: of people, and of dedicated bots. */
export function accountRepository(store: Store, box: SecretBox, tenantId: TenantId) {
  const accounts = (db: Tx['db'] = store.read) =>
    db.selectFrom('account').selectAll().where('tenant_id', '=', tenantId);
  const rowByJid = prepared((slot: Slots<{ jid: string }>) => accounts().where('jid', '=', slot('jid')));
  const changes = changesOf(store, 'account');
  /** Asked for with every message. */
  const known = knownRows<BareJid, Account>(changes);
  /** A change of what an `Account` tells. */
  const change = (tx: Tx): Tx['db'] => {
    changes.changeIn(tx);
    return tx.db;
  };

  return {
    async all(): Promise<Account[]> {
      return (await accounts().orderBy('id').execute()).map(toAccount);
    },
    /** Those of people alone. */
    async people(): Promise<Account[]> {
      return (await accounts().where('bot_id', 'is', null).orderBy('id').execute()).map(toAccount);
    },
    async byJid(jid: BareJid, tx?: Tx): Promise<Account | undefined> {
      const load = async (db: Tx['db']) => rowByJid(db, { jid }).map(toAccount);
      return (await known.of(jid, tx, (db) => load(db ?? store.read)))[0];
    },
    /** A person's; undefined for a bot's as well. */
    async ofPerson(jid: BareJid, tx?: Tx): Promise<Account | undefined> {
      const account = await this.byJid(jid, tx);
      return account?.botId === undefined ? account : undefined;
    },
    /** The own account of a dedicated bot. */
    async ofBot(botId: BotId, tx?: Tx): Promise<Account | undefined> {
      const row = await accounts(tx?.db).where('bot_id', '=', botId).executeTakeFirst();
      return row && toAccount(row);
    },
    /** The own accounts of the dedicated bots of an owner. */
    async ofBotsOf(owner: BareJid): Promise<Account[]> {
      const rows = await accounts()
        .where('bot_id', 'in', (e) => e.selectFrom('bot').select('id').where('owner_jid', '=', owner))
        .execute();
      return rows.map(toAccount);
    },
    /** The account of a bot's owner, when it is signed in here. */
    async ownerOf(botId: BotId): Promise<Account | undefined> {
      const row = await accounts()
        .where('bot_id', 'is', null)
        .where('jid', '=', (e) => e.selectFrom('bot').select('owner_jid').where('id', '=', botId))
        .executeTakeFirst();
      return row && toAccount(row);
    },
    async byId(id: AccountId, tx?: Tx): Promise<Account | undefined> {
      const row = await accounts(tx?.db).where('id', '=', id).executeTakeFirst();
      return row && toAccount(row);
    },
    /** Who runs this installation; undefined before somebody signed in. */
    async operator(tx?: Tx): Promise<Account | undefined> {
      const row = await accounts(tx?.db).where('is_operator', '=', 1).executeTakeFirst();
      return row && toAccount(row);
    },
    async countPeople(tx: Tx): Promise<number> {
      return (await accounts(tx.db).where('bot_id', 'is', null).execute()).length;
    },
    async passwordOf(id: AccountId, tx?: Tx): Promise<string> {
      const row = await accounts(tx?.db).where('id', '=', id).executeTakeFirstOrThrow();
      return row.password ? box.open(row.password, passwordPlace(id)) : '';
    },
    async insert(tx: Tx, account: NewAccount): Promise<AccountId> {
      const { id } = await change(tx)
        .insertInto('account')
        .values({
          tenant_id: tenantId,
          jid: account.jid,
          password: null,
          service: account.service ?? null,
          ca: account.ca ?? null,
          enabled: 1,
          is_operator: account.isOperator ? 1 : 0,
          bot_id: account.botId ?? null,
          has_omemo: account.hasOmemo ? 1 : 0,
          created_at: account.createdAt,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const password = box.seal(account.password, passwordPlace(id));
      await tx.db.updateTable('account').set({ password }).where('id', '=', id).execute();
      return id as AccountId;
    },
    /** New credentials; the account is switched on with them. */
    async update(
      tx: Tx,
      id: AccountId,
      { password, service, ca }: Pick<NewAccount, 'password' | 'service' | 'ca'>,
    ): Promise<void> {
      const sealed = box.seal(password, passwordPlace(id));
      const values = { password: sealed, service: service ?? null, ca: ca ?? null, enabled: 1 };
      await change(tx).updateTable('account').set(values).where('id', '=', id).execute();
    },
    async setEnabled(tx: Tx, id: AccountId, isEnabled: boolean): Promise<void> {
      await change(tx)
        .updateTable('account')
        .set({ enabled: isEnabled ? 1 : 0 })
        .where('id', '=', id)
        .execute();
    },
    /** Whether it has an OMEMO device here. */
    async setOmemo(tx: Tx, id: AccountId, hasOmemo: boolean): Promise<void> {
      await change(tx)
        .updateTable('account')
        .set({ has_omemo: hasOmemo ? 1 : 0 })
        .where('id', '=', id)
        .execute();
    },
    async setLanguage(tx: Tx, id: AccountId, language: 'en' | 'de' | undefined): Promise<void> {
      await change(tx)
        .updateTable('account')
        .set({ language: language ?? null })
        .where('id', '=', id)
        .execute();
    },
    async selectBot(tx: Tx, id: AccountId, botId: BotId): Promise<void> {
      await change(tx).updateTable('account').set({ selected_bot_id: botId }).where('id', '=', id).execute();
    },
    /** Makes one account the operator's, and no other. */
    async setOperator(tx: Tx, id: AccountId): Promise<void> {
      await change(tx)
        .updateTable('account')
        .set((e) => ({ is_operator: e.case().when('id', '=', id).then(1).else(0).end() }))
        .where('tenant_id', '=', tenantId)
        .execute();
    },
    /** Undefined before the first sign-in: reading starts at now then. */
    async archivePosition(id: AccountId): Promise<ArchivePosition | undefined> {
      const row = await accounts().where('id', '=', id).executeTakeFirst();
      if (!row || row.archive_at === null) return undefined;
      return { archiveId: row.archive_id ?? undefined, atMs: row.archive_at };
    },
    async setArchivePosition(tx: Tx, id: AccountId, { archiveId, atMs }: ArchivePosition): Promise<void> {
      await tx.db
        .updateTable('account')
        .set({ archive_id: archiveId ?? null, archive_at: atMs })
        .where('id', '=', id)
        .execute();
    },
    async delete(tx: Tx, id: AccountId): Promise<void> {
      await change(tx).deleteFrom('account').where('id', '=', id).execute();
    },
  };
}
export type AccountRepository = ReturnType<typeof accountRepository>;
