import { randomBytes } from 'node:crypto';
import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import type { Store } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { AdminCredential } from './admin-credential.ts';

interface PanelSessionsDeps {
  store: Store;
  box: SecretBox;
  audit: AuditTrail;
  clock: Clock;
}

/** Long enough to copy the address into a browser, too short to be found later. */
const CODE_VALID_MS = 5 * 60 * 1_000;
const OPEN_CODES = 20;
const IDLE_MS = 60 * 60 * 1_000;
const SESSIONS = 100;
const SECRET_BYTES = 32;

interface PanelSession {
  credential: AdminCredential;
  usedAt: number;
  end(): void;
}

/**
 * Sessions of the panel in a browser. A one-time code, shown to who may use the socket, is turned into a session
 * token. Both live in memory only and are known by their digest; a restart of the engine ends them.
 */
export function panelSessions({ store, box, audit, clock }: PanelSessionsDeps) {
  /** Digest of a code: until when it is taken. The oldest comes first. */
  const codes = new Map<string, number>();
  const sessions = new Map<string, PanelSession>();
  const scope = new Scope();
  let lastId = 0;
  /** Counts the times when all were ended: a login that was under way then comes too late. */
  let ends = 0;

  function open(token: string): void {
    const key = box.digest(token);
    const life = new AbortController();
    const work = scope.child();
    lastId += 1;
    const session: PanelSession = {
      credential: { kind: 'session', id: `panel-${lastId}`, ended: life.signal },
      usedAt: clock.monotonic(),
      end: () => {
        sessions.delete(key);
        life.abort();
        void work.close();
      },
    };
    const watch = () => {
      const leftMs = session.usedAt + IDLE_MS - clock.monotonic();
      if (leftMs <= 0) session.end();
      else clock.after(work, leftMs, watch);
    };
    sessions.set(key, session);
    watch();
  }

  return {
    /** A code for one login, valid for five minutes. */
    async newCode(caller: Caller): Promise<string> {
      await store.write((tx) => audit.note(tx, caller, { action: 'panel.link' }));
      const code = randomBytes(SECRET_BYTES).toString('base64url');
      dropOldest(codes, OPEN_CODES - 1);
      codes.set(box.digest(code), clock.monotonic() + CODE_VALID_MS);
      return code;
    },
    /** Turns a code into a session token, once. */
    async logIn(code: string, caller: Caller): Promise<string> {
      const key = box.digest(code);
      const validUntil = codes.get(key) ?? 0;
      // Gone before anything is awaited: two requests with one code are not both let in.
      codes.delete(key);
      if (validUntil <= clock.monotonic()) throw refuse('panel.code', {});
      const endsBefore = ends;
      await store.write((tx) => audit.note(tx, caller, { action: 'panel.login' }));
      if (ends !== endsBefore) throw refuse('panel.code', {});
      for (const [, oldest] of [...sessions].slice(0, Math.max(0, sessions.size - SESSIONS + 1)))
        oldest.end();
      const token = `bms_${randomBytes(SECRET_BYTES).toString('hex')}`;
      open(token);
      return token;
    },
    /** The credential of a session token, which this keeps from ending of inactivity; undefined when it has ended. */
    credential(token: string): AdminCredential | undefined {
      const session = sessions.get(box.digest(token));
      if (!session) return undefined;
      session.usedAt = clock.monotonic();
      return session.credential;
    },
    /** Ends all sessions and takes no code that was given out. */
    endAll(): void {
      ends += 1;
      codes.clear();
      for (const session of [...sessions.values()]) session.end();
    },
    close: () => scope.close(),
  };
}
export type PanelSessions = ReturnType<typeof panelSessions>;

function dropOldest(map: Map<string, unknown>, kept: number): void {
  for (const key of [...map.keys()].slice(0, Math.max(0, map.size - kept))) map.delete(key);
}
