import type { BareJid } from '../../../src-shared/jid.ts';
import { xml } from './element.ts';
import { type Session, SessionLost, StanzaError } from './session.ts';

const NS_PING = 'urn:xmpp:ping';
const ANSWER_TIMEOUT_MS = 30_000;

/** What an answer to a ping of oneself says: the room has us, does not, or nothing can be told now. */
export type Presence = 'inside' | 'outside' | 'unknown';

/** XEP-0410: asks a room, with a ping to our own nickname there, whether it still has us. */
export async function selfPing(
  session: Pick<Session, 'request'>,
  { room, nickname }: { room: BareJid; nickname: string },
  timeoutMs = ANSWER_TIMEOUT_MS,
): Promise<Presence> {
  try {
    const ping = xml('iq', { type: 'get', to: `${room}/${nickname}` }, xml('ping', { xmlns: NS_PING }));
    await session.request(ping, { timeoutMs });
    return 'inside';
  } catch (error) {
    if (error instanceof SessionLost || !(error instanceof StanzaError)) return 'unknown';
    // It reached another of our clients, which does not know pings; or that one has just gone (XEP-0410, 3.2).
    if (['service-unavailable', 'feature-not-implemented'].includes(error.condition)) return 'inside';
    const isFar = ['remote-server-not-found', 'remote-server-timeout'].includes(error.condition);
    return isFar ? 'unknown' : 'outside';
  }
}
