import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { silentLogger } from '../../../src-main/base/logger.ts';
import type { Session } from '../../../src-main/gateways/xmpp/session.ts';
import { sessionPool } from '../../../src-main/gateways/xmpp/session-pool.ts';
import { queryArchive } from '../../../src-main/gateways/xmpp/xep-0313-archive.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { FaultProxy } from '../../support/fault-proxy.ts';
import { type Random, seededRandom } from '../../support/random.ts';
import type { XmppServer } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';
import { InboxModel } from './inbox-model.ts';
import { OutboxModel } from './outbox-model.ts';
import { describeSchedule, drawSchedule, type Schedule, type Side, type Step } from './schedule.ts';

const SIDES = ['sender', 'receiver'] as const;
export const PASSWORD = 'fault-pw';
/** So many times as fast: a half-open connection is found within 5 s instead of 85. More, and a busy server seems dead. */
const SPEED = 20;
/** How long everything may take to be right again once the network is. */
const CALM_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;
/** A wait inside a schedule that does not come true in time just ends: the network may be down for good. */
const STEP_WITHIN_MS = 500;

export interface Pair {
  server: XmppServer;
  /** Localparts; the password is the same. */
  sender: string;
  receiver: string;
}

export interface Outcome {
  /** The rules that were broken, with what happened; empty when all is well. */
  report: string[];
  /** What the server took from the sender and kept nowhere for the receiver: nobody can get that. */
  lostByServer: string[];
}

/** Plays the schedule of a seed. */
export async function runSchedule(seed: number, pair: Pair): Promise<Outcome> {
  const random = seededRandom(seed);
  const schedule = drawSchedule(seed, random);
  const run = await Run.start(schedule, pair, random);
  const violations: string[] = [];
  try {
    for (const step of schedule.steps) await run.play(step);
    violations.push(...(await run.verdict()));
  } catch (error) {
    violations.push(String(error));
  }
  await run.end().catch((error: unknown) => violations.push(String(error)));
  const { lostByServer } = run;
  const report = violations.length === 0 ? [] : [describeSchedule(schedule), ...violations, run.trace];
  return { report, lostByServer };
}

type Proxies = Record<Side, FaultProxy>;

class Run {
  readonly #schedule: Schedule;
  readonly #pair: Pair;
  readonly #proxies: Proxies;
  readonly #clock = fastClock(SPEED);
  readonly #pool: ReturnType<typeof sessionPool>;
  readonly #inbox: InboxModel;
  readonly #outbox: OutboxModel;
  readonly lostByServer: string[] = [];
  #count = 0;

  static async start(schedule: Schedule, pair: Pair, random: Random): Promise<Run> {
    const { server } = pair;
    const file = (name: string) => readFileSync(join(server.dir, 'tls', name), 'utf8');
    const ends = { cert: file('server.crt'), key: file('server.key'), ca: file('ca.crt') };
    const options = schedule.endsTls
      ? { to: { host: server.host, port: server.tlsPort }, tls: { ...ends, servername: server.domain } }
      : { to: { host: server.host, port: server.c2sPort } };
    const proxies = { sender: await FaultProxy.start(options), receiver: await FaultProxy.start(options) };
    const run = new Run(schedule, pair, proxies, random);
    await run.#online(20_000);
    return run;
  }

  private constructor(schedule: Schedule, pair: Pair, proxies: Proxies, random: Random) {
    this.#schedule = schedule;
    this.#pair = pair;
    this.#proxies = proxies;
    this.#pool = sessionPool({ clock: this.#clock, logger: silentLogger, random: random.next });
    this.#inbox = new InboxModel(this.#clock, (text) => text.startsWith(`${schedule.seed}:`));
    this.#inbox.attach(this.#sign('receiver'));
    this.#outbox = new OutboxModel(this.#sign('sender'), this.#jid('receiver'));
  }

  async play(step: Step): Promise<void> {
    const proxy = this.#proxies[this.#schedule.side];
    switch (step.do) {
      case 'send':
        return this.#outbox.put(Array.from({ length: step.count }, () => this.#nextText()));
      case 'cut':
        return proxy.cut(step.how);
      case 'cut-after':
        return proxy.cutAfter(step.bytes, step.how);
      case 'half-open':
        return proxy.halfOpen();
      case 'flow':
        proxy.flow = step.flow;
        return;
      case 'refuse':
        return proxy.refuse(step.isRefusing);
      case 'commit-time':
        this.#inbox.commitMs = step.ms * SPEED;
        return;
      case 'reject':
        this.#inbox.rejectsNext = true;
        return;
      case 'crash':
        return this.#crash();
      case 'online':
        await this.#online(STEP_WITHIN_MS).catch(() => undefined);
        return;
      case 'turns':
        for (let turn = 0; turn < step.count; turn += 1) await nextTurn();
        return;
      case 'arrivals':
        return this.#arrivals(step.count);
    }
  }

  /** Lets the network be well and everything finish, then holds the outcome against the rules. */
  async verdict(): Promise<string[]> {
    for (const proxy of Object.values(this.#proxies)) await proxy.heal();
    this.#inbox.commitMs = 0;
    this.#inbox.rejectsNext = false;
    await this.play({ do: 'send', count: 3 });
    const { messages } = this.#outbox;
    const missing = () => messages.filter(({ id, state }) => state === 'acked' && !this.#inbox.has(id));
    const isCalm = () => this.#areOnline() && this.#outbox.isSettled && missing().length === 0;
    await until('calm', isCalm, CALM_WITHIN_MS).catch(() => undefined);
    if (missing().length > 0 && this.#handsOver) await this.#lookInArchives(missing);
    const violations = [...this.#outbox.violations, ...this.#inbox.violations];
    const listed = (texts: { text: string }[]) => texts.map(({ text }) => text).join(' ');
    const lost = missing().filter(({ text }) => !this.lostByServer.includes(text));
    if (lost.length > 0) violations.push(`acknowledged and lost: ${listed(lost)}`);
    const waiting = messages.filter(({ state }) => state === 'waiting');
    if (waiting.length > 0) violations.push(`never acknowledged: ${listed(waiting)}`);
    if (this.#outbox.openPromises > 0)
      violations.push(`${this.#outbox.openPromises} promises of send never settled`);
    const order = this.#inbox.arrived.map(({ text }) => Number(text.split(':')[1]));
    if (!this.#handsOver && order.some((number, at) => at > 0 && number < (order[at - 1] ?? 0)))
      violations.push(`out of order: ${order.join(' ')}`);
    for (const side of SIDES) {
      const session = this.#pool.get(this.#jid(side));
      if (session?.state !== 'online')
        violations.push(`the ${side} is ${session?.state}: ${session?.reason}`);
    }
    return violations;
  }

  /**
   * ejabberd 23.01 itself, when a stream takes over from another: what is routed in that moment may go out before what
   * the old stream had left, or stay in the archive only, seldom in that of the sender only. Seen in traces of these
   * tests; Prosody does neither.
   */
  get #handsOver(): boolean {
    return this.#pair.server.kind === 'ejabberd' && this.#inbox.sessions > 1;
  }

  /** Takes what the archive of the receiver has; what only that of the sender has is not ours to find. */
  async #lookInArchives(missing: () => { id: string; text: string }[]): Promise<void> {
    const [sender, receiver] = SIDES.map((side) => this.#pool.get(this.#jid(side)));
    if (sender?.state !== 'online' || receiver?.state !== 'online') return;
    await this.#inbox.readArchive(receiver).catch(() => undefined);
    for (const { id, text } of missing())
      if (await this.#isArchivedBy(sender, id).catch(() => false)) this.lostByServer.push(text);
  }

  async #isArchivedBy(session: Session, id: string): Promise<boolean> {
    const { messages } = await queryArchive(session, { with: this.#jid('receiver'), max: 250 });
    return messages.some(({ message }) => message.attrs.id === id);
  }

  /** What the two programs saw. */
  get trace(): string {
    return `sender: ${this.#outbox.trace.join(', ')}\nreceiver: ${this.#inbox.trace.join(', ')}`;
  }

  async end(): Promise<void> {
    await this.#inbox.crash();
    try {
      await Promise.all(SIDES.map((side) => this.#stop(side)));
    } finally {
      for (const proxy of Object.values(this.#proxies)) await proxy.close();
    }
  }

  async #crash(): Promise<void> {
    await this.#inbox.crash();
    this.#proxies.receiver.cut('rst');
    await this.#stop('receiver');
    this.#inbox.attach(this.#sign('receiver'));
  }

  /** Stopping may not hang, whatever became of the connection and of the handlers. */
  async #stop(side: Side): Promise<void> {
    let hasEnded = false;
    void this.#pool.stop(this.#jid(side)).then(() => {
      hasEnded = true;
    });
    await until(`stopping the ${side} to end`, () => hasEnded, STOP_WITHIN_MS);
  }

  #areOnline(): boolean {
    return SIDES.every((side) => this.#pool.get(this.#jid(side))?.state === 'online');
  }

  #online(timeoutMs: number): Promise<boolean> {
    return until('both online', () => this.#areOnline(), timeoutMs);
  }

  async #arrivals(count: number): Promise<void> {
    const wanted = Math.min(this.#inbox.arrived.length + count, this.#outbox.messages.length);
    const isThere = () => this.#inbox.arrived.length >= wanted;
    await until('arrivals', isThere, STEP_WITHIN_MS).catch(() => undefined);
  }

  #nextText(): string {
    this.#count += 1;
    return `${this.#schedule.seed}:${this.#count}`;
  }

  #jid(side: Side) {
    return bareJid(`${this.#pair[side]}@${this.#pair.server.domain}`);
  }

  #sign(side: Side) {
    const scheme = this.#schedule.endsTls ? 'xmpps' : 'xmpp';
    return this.#pool.start({
      jid: this.#jid(side),
      resource: 'fault',
      password: () => PASSWORD,
      service: `${scheme}://127.0.0.1:${this.#proxies[side].port}`,
      ca: readFileSync(this.#pair.server.caFile, 'utf8'),
    });
  }
}
