import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Ejabberd,
  type EjabberdOptions,
  startEjabberd as ejabberd,
} from '../../../scripts/lib/ejabberd.mjs';
import { type Prosody, type ProsodyOptions, startProsody as prosody } from '../../../scripts/lib/prosody.mjs';
import type { XmppServer } from '../../../scripts/lib/xmpp-server.d.mts';

export type { Ejabberd, Prosody, XmppServer };

/** A server whose folder goes with it; `await using` ends both. */
export type Temporary<T> = T & AsyncDisposable;

/** Nobody needs its data afterwards, so it is not asked to write them: that would take two seconds. */
async function temporary<T extends XmppServer>(start: (dir: string) => Promise<T>): Promise<Temporary<T>> {
  const dir = mkdtempSync(join(tmpdir(), 'botmother-server-'));
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  const server = await start(dir).catch((error: unknown) => {
    remove();
    throw error;
  });
  const dispose = async () => {
    await server.kill();
    remove();
  };
  return Object.defineProperty(server as Temporary<T>, Symbol.asyncDispose, { value: dispose });
}

/** An ejabberd on free ports in a temporary folder. */
export const startEjabberd = (options: Omit<EjabberdOptions, 'dir'> = {}): Promise<Temporary<Ejabberd>> =>
  temporary((dir) => ejabberd({ ...options, dir }));

/** A Prosody on free ports in a temporary folder. */
export const startProsody = (options: Omit<ProsodyOptions, 'dir'> = {}): Promise<Temporary<Prosody>> =>
  temporary((dir) => prosody({ ...options, dir }));
