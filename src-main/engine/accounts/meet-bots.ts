import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { Omemo } from '../omemo/omemo.ts';

interface MeetBotsDeps {
  account: Account;
  session: Session;
  bots: Pick<BotService, 'list'>;
  omemo: Pick<Omemo, 'devices' | 'prepare'>;
  events: Emitter<EngineEvents>;
  logger: Logger;
}

/**
 * A person with a device here gets to know those of their bots as soon as they can be found: with a bot nothing is said in
 * clear, so the window could not write to one that has said nothing yet. Returns the function that ends it.
 */
export function meetBots({ account, session, bots, omemo, events, logger }: MeetBotsDeps): () => void {
  const scope = new Scope();
  const report = (error: unknown) =>
    logger.warn({ err: error, account: account.jid }, 'the devices of own bots could not be looked up');

  async function meet(jid: BareJid): Promise<void> {
    const known = await omemo.devices.all(account.id, jid);
    if (known.some(({ versions }) => versions.length > 0) || session.state !== 'online') return;
    // Whatever was seen before the device was published.
    await omemo.prepare(account, jid, { freshMs: 0, emptyFreshMs: 0 });
    events.emit('chat.changed', { accountId: account.id, account: account.jid, chat: jid });
  }
  const own = async () => (await bots.list(account.jid)).flatMap(({ jid }) => (jid === '' ? [] : [jid]));
  /** One after the other: there may be hundreds, and mostly they are known. */
  const meetAll = async () => {
    for (const jid of await own()) if (!scope.isClosed) await meet(jid as BareJid);
  };

  scope.add(session.onReady(({ resumed }) => void (resumed || meetAll().catch(report))));
  if (session.state === 'online') meetAll().catch(report);
  scope.add(
    events.on('omemo.published', ({ jid }) => {
      if (jid === account.jid) return;
      own()
        .then((jids) => (jids.includes(jid) ? meet(jid) : undefined))
        .catch(report);
    }),
  );
  return () => void scope.close();
}
