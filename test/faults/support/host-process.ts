import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import type { FromHost, ToHost } from './host-messages.ts';

/** An engine in a process of its own, with a scripted server at the other end of its pipe. */
export interface HostProcess {
  readonly isOver: boolean;
  /** Settles when the bot is online, or the process is gone. */
  readonly online: Promise<unknown>;
  readonly exited: Promise<unknown>;
  say(text: string): void;
  /** SIGKILL when the so many-th message from now arrives that is no question, before it has any effect or after. */
  killAt(messages: number, moment: 'before' | 'after'): void;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export function hostProcess(options: {
  dataDir: string;
  key: Buffer;
  server: ScriptedServer;
  onSaid: (text: string) => void;
}): HostProcess {
  const { dataDir, key, server, onSaid } = options;
  const child = fork(join(import.meta.dirname, 'omemo-host.ts'), [dataDir, key.toString('hex')]);
  const exited = once(child, 'exit');
  const online = Promise.withResolvers<void>();
  const handled = new Map<number, () => void>();
  let [count, left, isOver] = [0, 0, false];
  let moment: 'before' | 'after' = 'before';
  void exited.then(() => {
    isOver = true;
    online.resolve();
  });
  const tell = (message: ToHost) => {
    if (child.connected) child.send(message, () => undefined);
  };
  const kill = async () => {
    isOver = true;
    child.kill('SIGKILL');
    await exited;
  };

  function take(message: FromHost): void {
    if (message.kind === 'online') online.resolve();
    else if (message.kind === 'said') onSaid(message.text);
    else if (message.kind === 'handled') handled.get(message.n)?.();
    else if (message.kind === 'disconnect') server.disconnect(message.jid);
    else if (message.kind === 'connect') {
      const { jid } = message;
      server.connect(jid, (stanza) => {
        count += 1;
        tell({ kind: 'stanza', n: count, jid, stanza });
        return new Promise((resolve) => handled.set(count, resolve));
      });
    } else if (message.kind === 'request') {
      tell({ kind: 'answer', n: message.n, answer: server.answer(message.jid, message.iq) });
    } else {
      server.take(message.jid, message.stanza);
      tell({ kind: 'answer', n: message.n, answer: undefined });
    }
  }

  child.on('message', (message: FromHost) => {
    // What was on the pipe when it died has been said all the same, or not: either may be.
    if (isOver) return;
    // Questions come in dozens while it gets online.
    if (message.kind !== 'request') left -= 1;
    const isLast = left === 0 && message.kind !== 'request';
    if (!isLast || moment === 'after') take(message);
    if (isLast) void kill();
  });

  return {
    get isOver() {
      return isOver;
    },
    online: online.promise,
    exited,
    say: (text) => tell({ kind: 'say', text }),
    killAt(messages, at) {
      left = messages;
      moment = at;
    },
    kill,
    async stop() {
      tell({ kind: 'stop' });
      await exited;
    },
  };
}
