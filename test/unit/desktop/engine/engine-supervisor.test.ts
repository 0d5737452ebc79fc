import { describe, expect, it } from 'vitest';
import { Scope } from '../../../../src-main/base/scope.ts';
import type { EngineHost, ExitReason } from '../../../../src-main/desktop/engine/engine-host.ts';
import { type EngineState, superviseEngine } from '../../../../src-main/desktop/engine/engine-supervisor.ts';
import type { EngineMessage, HostMessage, StartMessage } from '../../../../src-main/server/host-messages.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const READY = { type: 'ready', apiUrl: 'http://a', privateUrl: 'http://p:81/', privateToken: 't' } as const;
const IS_READY = {
  name: 'ready',
  apiUrl: 'http://a',
  privateUrl: 'http://p:81/',
  privateToken: 't',
} as const;
const START = { type: 'start', dataDir: '/data' } as const;

/** A process that does nothing by itself. */
class FakeHost implements EngineHost {
  readonly posted: HostMessage[] = [];
  wasKilled = false;
  say: (message: EngineMessage) => void = () => undefined;
  exit: (reason: ExitReason) => void = () => undefined;

  post(message: HostMessage) {
    this.posted.push(message);
  }
  onMessage(listener: (message: EngineMessage) => void) {
    this.say = listener;
  }
  onExit(listener: (reason: ExitReason) => void) {
    this.exit = listener;
  }
  kill() {
    this.wasKilled = true;
  }
}

function supervised(createHost?: () => EngineHost, startMessage: () => StartMessage = () => START) {
  const clock = new ManualClock();
  const states: EngineState[] = [];
  const hosts: FakeHost[] = [];
  const supervisor = superviseEngine({
    createHost:
      createHost ??
      (() => {
        const host = new FakeHost();
        hosts.push(host);
        return host;
      }),
    startMessage,
    clock,
    scope: new Scope(),
    onState: (state) => states.push(state),
    random: () => 1,
  });
  const last = () => {
    const host = hosts.at(-1);
    if (!host) throw new Error('No engine was started.');
    return host;
  };
  supervisor.launch();
  return { clock, states, hosts, last, ...supervisor };
}

describe('the engine under supervision', () => {
  it('is started with its data folder and reported when ready', () => {
    const { states, last } = supervised();

    last().say(READY);

    expect(last().posted).toEqual([START]);
    expect(states).toEqual([{ name: 'starting' }, IS_READY]);
  });

  it('is started again after a crash, with the reason', () => {
    const { clock, states, hosts, last } = supervised();
    last().say(READY);

    last().exit({ kind: 'code', code: 134 });
    clock.advance(1_000);
    last().say(READY);

    expect(hosts).toHaveLength(2);
    expect(states.slice(2)).toEqual([
      { name: 'restarting', reason: { kind: 'code', code: 134 }, delayMs: 1_000, failures: 1 },
      { name: 'starting' },
      IS_READY,
    ]);
  });

  it('waits longer after each crash, up to half a minute, and anew once it ran well', () => {
    const { clock, states, last } = supervised();
    const delays = () => states.flatMap((state) => (state.name === 'restarting' ? [state.delayMs] : []));

    for (let crash = 0; crash < 7; crash += 1) {
      last().exit({ kind: 'code', code: 1 });
      clock.advance(30_000);
    }
    last().say(READY);
    clock.advance(60_000);
    last().exit({ kind: 'code', code: 1 });

    expect(delays()).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 1_000]);
  });

  it('is not started again by itself after it said why it cannot start', () => {
    const { clock, states, hosts, last, launch } = supervised();

    last().say({ type: 'failed', message: 'Port 7842 is taken.' });
    last().exit({ kind: 'code', code: 1 });
    clock.advance(600_000);

    expect(states.at(-1)).toEqual({ name: 'failed', message: 'Port 7842 is taken.' });
    expect(hosts).toHaveLength(1);
    launch();
    expect(hosts).toHaveLength(2);
  });

  it('is asked again while the one that failed is still ending', () => {
    const { hosts, last, launch } = supervised();

    last().say({ type: 'failed', message: 'Port 7842 is taken.' });
    launch();
    last().exit({ kind: 'code', code: 1 });

    expect(hosts).toHaveLength(2);
  });

  it('is reported when its process cannot even be made', () => {
    const { states } = supervised(() => {
      throw new Error('The engine needs Node 24.');
    });

    expect(states.at(-1)).toEqual({
      name: 'failed',
      message: 'The engine needs Node 24.',
      cause: new Error('The engine needs Node 24.'),
    });
  });

  it('can be started before the wait is over, once', () => {
    const { clock, hosts, last, launch } = supervised();
    last().exit({ kind: 'code', code: 1 });

    launch();
    launch();
    clock.advance(60_000);

    expect(hosts).toHaveLength(2);
  });

  it('is asked to stop, and gone when that is done', async () => {
    const { clock, states, hosts, last, stop } = supervised();
    last().say(READY);

    const stopping = stop();
    last().exit({ kind: 'code', code: 0 });
    await stopping;

    expect(last().posted).toEqual([START, { type: 'stop' }]);
    expect(last().wasKilled).toBe(false);
    expect(clock.waits).toEqual([]);
    expect(states).toHaveLength(2);
    expect(hosts).toHaveLength(1);
  });

  it('is ended by force when it does not stop', async () => {
    const { clock, last, stop } = supervised();

    const stopping = stop();
    clock.advance(6_000);
    expect(last().wasKilled).toBe(true);
    last().exit({ kind: 'signal', signal: 'SIGKILL' });

    await stopping;
  });

  it('is not started again when the program stops during a wait', async () => {
    const { clock, hosts, last, stop } = supervised();
    last().exit({ kind: 'code', code: 1 });

    await stop();
    clock.advance(60_000);

    expect(hosts).toHaveLength(1);
  });

  it('is told the key anew for each process, and where the last one was reached', () => {
    const { clock, hosts, last } = supervised();
    last().say(READY);

    last().exit({ kind: 'signal', signal: 'SIGSEGV' });
    clock.advance(1_000);

    expect(hosts.map(({ posted }) => posted)).toEqual([[START], [{ ...START, privatePort: 81 }]]);
  });

  it('is reported when what it has to be told is not to be had, and asked again later', () => {
    let isLocked = true;
    const { states, hosts, last, launch } = supervised(undefined, () => {
      if (isLocked) throw new Error('The keystore is locked.');
      return START;
    });

    expect(states.at(-1)).toMatchObject({ name: 'failed', message: 'The keystore is locked.' });
    expect(hosts).toEqual([]);
    isLocked = false;
    launch();

    expect(last().posted).toEqual([START]);
  });

  it('is stopped in good order and started again when asked to', () => {
    const { clock, states, hosts, last, restart } = supervised();
    last().say(READY);

    restart();
    restart();
    expect(last().posted).toEqual([START, { type: 'stop' }]);
    last().exit({ kind: 'code', code: 0 });
    last().say(READY);
    clock.advance(60_000);

    expect(hosts).toHaveLength(2);
    expect(hosts[0]?.wasKilled).toBe(false);
    expect(states.map(({ name }) => name)).toEqual(['starting', 'ready', 'starting', 'starting', 'ready']);
  });

  it('is ended by force when it hangs at a restart', () => {
    const { clock, hosts, last, restart } = supervised();
    last().say(READY);

    restart();
    clock.advance(6_000);
    expect(last().wasKilled).toBe(true);
    last().exit({ kind: 'signal', signal: 'SIGKILL' });

    expect(hosts).toHaveLength(2);
  });

  it('starts when a restart is asked for while it waits for its next try', () => {
    const { hosts, last, restart } = supervised();
    last().exit({ kind: 'code', code: 1 });

    restart();

    expect(hosts).toHaveLength(2);
  });

  it('is started again at once when it has ended of its own will, to begin anew', () => {
    const { states, hosts, last } = supervised();
    last().say(READY);

    last().exit({ kind: 'code', code: 0 });

    expect(hosts).toHaveLength(2);
    expect(states.map(({ name }) => name)).toEqual(['starting', 'ready', 'starting']);
  });
});
