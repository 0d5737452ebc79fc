import { generateKeyPair } from '../../src-main/gateways/omemo/curve.ts';
import { bareJid } from '../../src-shared/jid.ts';
import type { TestEngine } from './test-engine.ts';

/** Gives an account a device of its own, as its first session would; resolves with its number. */
export async function withOwnDevice({ engine }: Pick<TestEngine, 'engine'>, jid: string): Promise<number> {
  const account = await engine.accounts.any(bareJid(jid));
  return (await engine.omemo.own.ensure(account.id)).deviceId;
}

/** What an account learns from somebody's device lists; each call is a later look. */
export async function devicesSeen(
  { engine }: Pick<TestEngine, 'engine'>,
  jid: string,
  { owner = 'you@localhost', devices }: { owner?: string; devices: number[] },
): Promise<void> {
  const account = await engine.accounts.any(bareJid(jid));
  const listed = devices.map((id) => ({ id }));
  await engine.store.write(async (tx) => {
    await engine.omemo.devices.noteLists(tx, account, bareJid(owner), { legacy: listed, omemo2: [] });
  });
}

/** The keys of one of these devices were seen; resolves with its fingerprint as people compare it. */
export async function keysSeen(
  { engine }: Pick<TestEngine, 'engine'>,
  jid: string,
  { owner = 'you@localhost', device }: { owner?: string; device: number },
): Promise<string> {
  const account = await engine.accounts.any(bareJid(jid));
  const { publicKey } = generateKeyPair();
  await engine.store.write(async (tx) => {
    const known = await engine.omemo.peers.device(
      { accountId: account.id, jid: bareJid(owner), deviceId: device },
      tx,
    );
    if (!known) throw new Error(`device ${device} is not known`);
    await engine.omemo.devices.save(tx, account.id, { ...known, identityKey: publicKey });
  });
  return Buffer.from(publicKey).toString('hex').match(/.{8}/g)?.join(' ') ?? '';
}
