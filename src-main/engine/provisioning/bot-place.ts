import { type BareJid, domainOf } from '../../../src-shared/jid.ts';

/** How to get to a server over XMPP; undefined: as DNS says, trusting the system's authorities. */
export interface Place {
  service: string | undefined;
  ca: string | undefined;
}

/**
 * Where the session of a dedicated bot connects. What the settings say comes first, each by itself; what they leave open
 * is as for the owner's account, when that is signed in here and on the same domain; else it is discovered.
 */
export function botPlace(
  domain: string,
  settings: Place,
  owner: (Place & { jid: BareJid }) | undefined,
): Place {
  const like = owner && domainOf(owner.jid) === domain ? owner : undefined;
  return { service: settings.service ?? like?.service, ca: settings.ca ?? like?.ca };
}
