import { bareOf } from '../../../src-shared/jid.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import { followDeviceLists } from '../../gateways/omemo/device-list-node.ts';
import { attribute } from '../../gateways/xmpp/element.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import { delayOf } from '../../gateways/xmpp/xep-0203-delay.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Acquaintances } from './acquaintances.ts';
import type { Publication } from './publication.ts';
import type { Reach } from './reach.ts';

interface OmemoAttachmentDeps {
  account: Account;
  session: Session;
  publication: Publication;
  reach: Reach;
  acquaintances: Acquaintances;
  /** Whose list decides who may command a bot: read at every new session, also before anybody writes. */
  owner: Account['jid'] | undefined;
  logger: Logger;
}

/** Ties an account's OMEMO device to its session: publishes it, and follows the device lists of those it talks to. */
export function attachOmemo(deps: OmemoAttachmentDeps) {
  const { account, session, publication, reach, acquaintances, owner, logger } = deps;
  const scope = new Scope();
  const report = (error: unknown) =>
    logger.warn({ err: error, account: account.jid }, 'a device list was not taken');
  scope.add(
    followDeviceLists(session, ({ owner: jid, version, devices }) => {
      const news =
        jid === account.jid
          ? Promise.all([
              publication.listChanged(version, devices),
              reach.listChanged(account, jid, version, devices),
            ])
          : reach.listChanged(account, jid, version, devices);
      Promise.resolve(news).catch(report);
    }),
  );
  acquaintances.follow(account, session, { scope, logger });
  publication.start();
  scope.add(() => publication.close());
  const look = () => void (owner && reach.look(account, owner).catch(report));
  scope.add(session.onReady(({ resumed }) => resumed || look()));
  if (session.state === 'online') look();
  if (owner !== undefined && owner !== account.jid)
    scope.add(
      followResources(session, owner, (isNew) => {
        const looking = isNew ? reach.lookAgain(account, owner) : reach.lookAtPresent(account, owner);
        looking.catch(report);
      }),
    );
  scope.add(() => reach.release(account));
  return scope;
}

/**
 * Tells of each client of somebody that is there, and whether it came just now: who was there before is shown with the time
 * (XEP-0203) where the server says it. Returns the function that ends it.
 */
function followResources(
  session: Session,
  owner: Account['jid'],
  came: (isNew: boolean) => void,
): () => void {
  const online = new Set<string>();
  const stops = [
    session.onReady(({ resumed }) => void (resumed || online.clear())),
    session.onPresence((presence) => {
      const from = attribute(presence, 'from');
      if (from === undefined || bareOf(from) !== owner) return;
      const type = attribute(presence, 'type');
      if (type === 'unavailable') online.delete(from);
      if (type !== undefined || online.has(from)) return;
      online.add(from);
      came(delayOf(presence) === undefined);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
