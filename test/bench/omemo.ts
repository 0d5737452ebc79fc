import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { runBench, shown } from './support/bench.ts';
import { round } from './support/engine.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:omemo: CPU of one turn (a message that turns the ratchet: encrypted, decrypted), of encrypting in a chain, and of
 * beginning a session: the own ratchet of OMEMO 2, the hardened library of OMEMO 0.3, and the library on the curve it
 * brings. Each beside raw X25519 and HMAC of the same process.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, turns: { type: 'string', default: '400' } },
});
const RUNS = Number(values.runs);
const TURNS = Number(values.turns);
/** The curve of the library takes so much longer. */
const STOCK_SHARE = 10;
const MINIMUM_HARDENED = 8;
const MINIMUM_OWN = 1.3;
const PEER = fileURLToPath(new URL('./peers/ratchet.ts', import.meta.url));

const RATCHETS = ['own', 'hardened', 'stock'] as const;
type Ratchet = (typeof RATCHETS)[number];
const COSTS = ['turnUs', 'encryptUs', 'startUs', 'x25519Us', 'hmacUs'] as const;
type Costs = Record<(typeof COSTS)[number], number>;

async function measured(ratchet: Ratchet): Promise<Costs> {
  const turns = ratchet === 'stock' ? Math.ceil(TURNS / STOCK_SHARE) : TURNS;
  const { stdout } = await promisify(execFile)(process.execPath, [PEER, ratchet, String(turns)]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Costs;
}

await runBench('omemo', 30_000 + RUNS * 120_000, async () => {
  const runs: Record<Ratchet, Costs>[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    // One after the other: they are not to take the cores from each other.
    const own = await measured('own');
    const hardened = await measured('hardened');
    runs.push({ own, hardened, stock: await measured('stock') });
  }
  const spread = (of: (run: Record<Ratchet, Costs>) => number, digits: number) =>
    rounded(spreadOf(runs.map(of)), digits);
  const costs = (ratchet: Ratchet) =>
    Object.fromEntries(COSTS.map((cost) => [cost, spread((run) => run[ratchet][cost], 1)])) as Record<
      keyof Costs,
      ReturnType<typeof rounded>
    >;
  const figures = { own: costs('own'), hardened: costs('hardened'), stock: costs('stock') };
  const ratios = {
    ownTurnToX25519: spread(({ own }) => own.turnUs / own.x25519Us, 1),
    ownEncryptToHmac: spread(({ own }) => own.encryptUs / own.hmacUs, 1),
    hardenedTurnToX25519: spread(({ hardened }) => hardened.turnUs / hardened.x25519Us, 1),
    hardenedEncryptToHmac: spread(({ hardened }) => hardened.encryptUs / hardened.hmacUs, 1),
    stockToHardened: spread(({ stock, hardened }) => stock.turnUs / hardened.turnUs, 2),
    hardenedToOwn: spread(({ hardened, own }) => hardened.turnUs / own.turnUs, 2),
  };
  const perSecond = (us: number) => round(1_000_000 / us);
  return {
    result: { runs: RUNS, turns: TURNS, ...figures, ratios },
    summary: [
      ...RATCHETS.map((ratchet) => {
        const { turnUs, encryptUs, startUs } = figures[ratchet];
        return `${ratchet}: a turn ${shown(turnUs)} us of CPU (${perSecond(turnUs.median)}/s), encrypting ${shown(encryptUs)} us, beginning a session ${shown(startUs)} us`;
      }),
      `raw: X25519 ${shown(figures.own.x25519Us)} us, HMAC ${shown(figures.own.hmacUs)} us`,
      `own ratchet: a turn costs ${shown(ratios.ownTurnToX25519)} X25519, encrypting ${shown(ratios.ownEncryptToHmac)} HMAC`,
      `hardened library: a turn costs ${shown(ratios.hardenedTurnToX25519)} X25519, encrypting ${shown(ratios.hardenedEncryptToHmac)} HMAC`,
      `stock curve / hardened library: ${shown(ratios.stockToHardened)}, at least ${MINIMUM_HARDENED}`,
      `hardened library / own ratchet: ${shown(ratios.hardenedToOwn)}, at least ${MINIMUM_OWN}`,
    ],
    isGood: ratios.stockToHardened.median >= MINIMUM_HARDENED && ratios.hardenedToOwn.median >= MINIMUM_OWN,
  };
});
