import { systemClock } from '../../src-main/base/clock.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { xml } from '../../src-main/gateways/xmpp/element.ts';
import type { Session, SessionConfig } from '../../src-main/gateways/xmpp/session.ts';
import {
  type SessionPool,
  type SessionPoolDeps,
  sessionPool,
} from '../../src-main/gateways/xmpp/session-pool.ts';
import type { SessionState } from '../../src-shared/events.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { type PeerStream, ScriptedPeer } from './scripted-peer.ts';
import type { Certificates } from './xmpp-certificates.ts';

export const readied = (session: Session) =>
  new Promise<{ resumed: boolean }>((resolve) => session.onReady(resolve));
export const reaching = (session: Session, state: SessionState) =>
  new Promise<string | undefined>((resolve) => {
    session.onState((event) => event.state === state && resolve(event.reason));
  });
export const chat = (text: string) =>
  xml('message', { to: 'you@localhost', type: 'chat' }, xml('body', {}, text));

/** A pool and the peer its sessions connect to. `await using` ends both. */
export class SessionBench implements AsyncDisposable {
  readonly peer: ScriptedPeer;
  readonly pool: SessionPool;

  private constructor(peer: ScriptedPeer, pool: SessionPool) {
    this.peer = peer;
    this.pool = pool;
  }

  static async start(
    certificates?: Certificates,
    deps: Partial<SessionPoolDeps> = {},
  ): Promise<SessionBench> {
    // Reconnects at once.
    const pool = sessionPool({ clock: systemClock, logger: silentLogger, random: () => 0, ...deps });
    return new SessionBench(await ScriptedPeer.listen(certificates), pool);
  }

  config(changes: Partial<SessionConfig> = {}): SessionConfig {
    return {
      jid: bareJid('bot@localhost'),
      resource: 'botmother-00000000',
      password: () => 'secret',
      service: `xmpp://127.0.0.1:${this.peer.port}`,
      ca: this.peer.certificates.ca,
      ...changes,
    };
  }

  /** A session that is online, and its stream as the peer sees it. */
  async online(
    options: Parameters<PeerStream['login']>[0] = {},
  ): Promise<{ session: Session; stream: PeerStream }> {
    const session = this.pool.start(this.config());
    const isReady = readied(session);
    const stream = await this.peer.connection();
    await stream.login(options);
    await isReady;
    return { session, stream };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.peer.close();
    await this.pool.stopAll();
  }
}
