import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isOnBus } from '../../src-main/desktop/session-bus.ts';
import { until } from './until.ts';

const PYTHON = '/usr/bin/python3';

/** Whether this machine has what a test of a desktop session needs. */
export const hasSessionTools =
  existsSync('/usr/bin/dbus-daemon') && existsSync('/usr/lib/python3/dist-packages/dbus');
export const hasKeyring = existsSync('/usr/bin/gnome-keyring-daemon');

export interface SessionBus {
  env: Record<string, string>;
  /** Starts a program on this bus; it ends with it. */
  start: (command: string, args: string[], input?: 'pipe') => ChildProcess;
  close: () => Promise<void>;
}

/** A session bus of its own, as a desktop session has one. */
export async function openSessionBus(folder: string): Promise<SessionBus> {
  const children: ChildProcess[] = [];
  const env: Record<string, string> = {
    XDG_RUNTIME_DIR: folder,
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'share'),
    XDG_CONFIG_HOME: join(folder, 'config'),
  };
  const start: SessionBus['start'] = (command, args) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    children.push(child);
    return child;
  };
  const daemon = start('/usr/bin/dbus-daemon', ['--session', '--nofork', '--print-address']);
  if (!daemon.stdout) throw new Error('The bus has no output.');
  const [address] = (await once(createInterface(daemon.stdout), 'line')) as [string];
  env.DBUS_SESSION_BUS_ADDRESS = address;
  return {
    env,
    start,
    async close() {
      for (const child of children.reverse()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const gone = once(child, 'exit');
        child.kill();
        await gone;
      }
    },
  };
}

/** A tray on that bus; asked with the words that `tray-host.py` knows. */
export async function openTray(bus: SessionBus) {
  const host = bus.start(PYTHON, [join(import.meta.dirname, 'tray-host.py')]);
  if (!host.stdout || !host.stdin) throw new Error('The tray has no pipes.');
  const lines = createInterface(host.stdout)[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? '{}') as { ok?: unknown; error?: string };
  await next();
  return {
    async ask<T>(words: string): Promise<T> {
      host.stdin?.write(`${words}\n`);
      const { ok, error } = await next();
      if (error !== undefined) throw new Error(error);
      return ok as T;
    },
    async close() {
      const gone = once(host, 'exit');
      host.kill();
      await gone;
    },
  };
}

/** A keystore on that bus (Secret Service), open for whoever is in the session. */
export async function openKeyring(bus: SessionBus) {
  const daemon = bus.start('/usr/bin/gnome-keyring-daemon', [
    '--foreground',
    '--unlock',
    '--components=secrets',
  ]);
  daemon.stdin?.end('a password');
  await until('the keystore on the bus', () =>
    isOnBus('org.freedesktop.secrets', { ...process.env, ...bus.env }),
  );
  return {
    async close() {
      const gone = once(daemon, 'exit');
      daemon.kill();
      await gone;
    },
  };
}
