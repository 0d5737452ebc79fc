import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Ejabberd } from '../../../scripts/lib/ejabberd.mjs';
import { systemClock } from '../../../src-main/base/clock.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { publishBundle } from '../../../src-main/gateways/omemo/bundle-node.ts';
import { generateKeyPair } from '../../../src-main/gateways/omemo/curve.ts';
import { publishDeviceList } from '../../../src-main/gateways/omemo/device-list-node.ts';
import { legacyBackend } from '../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import type { Session } from '../../../src-main/gateways/xmpp/session.ts';
import { sessionPool } from '../../../src-main/gateways/xmpp/session-pool.ts';
import { approval, subscriptionRequester } from '../../../src-main/gateways/xmpp/subscriptions.ts';
import { prepareDataFolder } from '../../../src-main/server/data-folder.ts';
import { fileKeyBox } from '../../../src-main/server/file-key-box.ts';
import { openApi } from '../../../src-main/server/open-api.ts';
import { accountRepository } from '../../../src-main/store/account-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { type BareJid, bareJid } from '../../../src-shared/jid.ts';
import { PASSWORD } from './accounts.ts';

/** As many as one owner may have. */
export const BOTS_PER_OWNER = 20;
const OWNER_DEVICE = 4711;
const OWNER_PREKEYS = 25;

/** Makes a data folder with dedicated bots whose accounts are there already: the first ones are the first owner's. */
export async function makeFleet(
  dataDir: string,
  server: Ejabberd,
  { bots, owners }: { bots: readonly string[]; owners: readonly string[] },
): Promise<void> {
  prepareDataFolder(dataDir);
  const box = fileKeyBox(dataDir, undefined);
  const { engine, close } = await openApi(dataDir, box, silentLogger);
  const accounts = accountRepository(engine.store, box, LOCAL_TENANT);
  const place = { service: server.service, ca: readFileSync(server.caFile, 'utf8'), isOperator: false };
  const units = bots.map((text, at) =>
    engine.store.write(async (tx) => {
      const [jid, owner] = [bareJid(text), bareJid(owners[Math.floor(at / BOTS_PER_OWNER)] ?? '')];
      const request = { name: `Bot ${at}`, owner, mode: 'dedicated', jid } as const;
      const { bot } = await engine.bots.create(tx, request, { actor: 'admin', from: 'socket' });
      const account = { jid, password: PASSWORD, botId: bot.id, hasOmemo: true, createdAt: Date.now() };
      await accounts.insert(tx, { ...place, ...account });
    }),
  );
  await Promise.all(units);
  await close();
}

/** A copy of a fleet's data folder in which only the first bots are switched on. */
export function copyFleet(from: string, to: string, size: number): void {
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  const database = new BetterSqlite3(join(to, 'bot_registry.db'));
  database
    .prepare(`update bot set status = 'disabled' where id not in (select id from bot order by id limit ?)`)
    .run(size);
  database.close();
}

/**
 * The owners' clients: online, each with one device that reads both versions, and with a yes for whoever asks for their
 * presence. Resolves when all devices are published, with the function that ends them.
 */
export async function startOwners(server: Ejabberd, owners: readonly string[]): Promise<() => Promise<void>> {
  const pool = sessionPool({ clock: systemClock, logger: silentLogger });
  const ca = readFileSync(server.caFile, 'utf8');
  // One after the other: ejabberd answers "Database failure" when many make nodes at the same time.
  for (const owner of owners) await startOwner(bareJid(owner));
  return () => pool.stopAll();

  async function startOwner(jid: BareJid): Promise<void> {
    const config = { jid, resource: 'phone', password: () => PASSWORD, service: server.service, ca };
    const session = pool.start(config);
    session.onPresence((presence) => {
      const requester = subscriptionRequester(presence);
      if (requester !== undefined) void session.send(approval(requester)).catch(() => undefined);
    });
    await new Promise<void>((resolve) => session.onReady(() => resolve()));
    await publishDevice(session);
  }
}

async function publishDevice(session: Session): Promise<void> {
  const identity = generateKeyPair();
  const signed = generateKeyPair();
  const preKeys = Array.from({ length: OWNER_PREKEYS }, (_, at) => ({
    id: at + 1,
    publicKey: generateKeyPair().publicKey,
  }));
  const backends = { legacy: await legacyBackend(), omemo2: omemo2Backend() };
  for (const version of ['legacy', 'omemo2'] as const) {
    const signature = backends[version].signPreKey(identity, signed.publicKey);
    const signedPreKey = { id: 1, publicKey: signed.publicKey, signature };
    const bundle = { identityKey: identity.publicKey, signedPreKey, preKeys };
    await publishBundle(session, { version, deviceId: OWNER_DEVICE, bundle });
    await publishDeviceList(session, version, [{ id: OWNER_DEVICE }]);
  }
}
