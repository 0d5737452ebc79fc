import { createHmac, createSecretKey, diffieHellman, generateKeyPairSync, randomBytes } from 'node:crypto';
import { legacyBackend } from '../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { ratchetPeer, talkingPeers } from '../../support/ratchet-peer.ts';
import { ownCpuMs } from '../support/cpu.ts';
import { stockLegacyBackend } from '../support/stock-legacy.ts';

/**
 * One ratchet of bench:omemo, in a process of its own because the library has one curve for the whole process. Arguments:
 * which, and how many of the slow things to do. Prints what each costs in microseconds of CPU.
 */
const [, , which = '', count = '100'] = process.argv;
const COUNT = Number(count);
const BACKENDS: Record<string, () => ReturnType<typeof stockLegacyBackend>> = {
  own: async () => omemo2Backend(),
  hardened: () => legacyBackend(),
  stock: stockLegacyBackend,
};

/** Of one call, the first of them not counted: they are compiled and load what they need. */
async function costOf(times: number, work: () => unknown): Promise<number> {
  for (let warm = 0; warm < times / 4; warm += 1) await work();
  const startedMs = ownCpuMs();
  for (let done = 0; done < times; done += 1) await work();
  return ((ownCpuMs() - startedMs) * 1_000) / times;
}

const backend = await BACKENDS[which]?.();
if (!backend) throw new Error(`no ratchet is called ${which}`);
const { alice, bob } = await talkingPeers(backend);

// The limits of the machine, with keys that are ready: what nobody can do without.
const [ours, theirs] = [generateKeyPairSync('x25519'), generateKeyPairSync('x25519')];
const x25519Us = await costOf(500, () =>
  diffieHellman({ privateKey: ours.privateKey, publicKey: theirs.publicKey }),
);
const hmacKey = createSecretKey(randomBytes(32));
const input = randomBytes(150);
const hmacUs = await costOf(10_000, () => createHmac('sha256', hmacKey).update(input).digest());

// As long as the key and tag of a payload are.
const text = 'k'.repeat(48);
let isAlice = true;
const turnUs = await costOf(COUNT, async () => {
  const [from, to] = isAlice ? [alice, bob] : [bob, alice];
  isAlice = !isAlice;
  if ((await to.decrypt(from, await from.encrypt(to, text))) !== text)
    throw new Error('another text arrived');
});

const last = { message: await alice.encrypt(bob, text) };
const encryptUs = await costOf(COUNT * 2, async () => {
  last.message = await alice.encrypt(bob, text);
});

const newcomer = ratchetPeer(backend);
const bundle = newcomer.bundle();
const startUs = await costOf(COUNT, () => backend.startSession(alice.own, bundle));

process.stdout.write(`${JSON.stringify({ x25519Us, hmacUs, turnUs, encryptUs, startUs })}\n`);
process.exit(0);
