import type { SessionState } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { fetchDeviceLists } from '../../gateways/omemo/device-list-node.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { OmemoDevices } from '../omemo/omemo-devices.ts';

interface BotConnectionDeps {
  sessionOf: (jid: BareJid) => Session | undefined;
  devices: Pick<OmemoDevices, 'accountOf' | 'overview' | 'installedFor'>;
}

/** How a dedicated bot stands with its server, and whether it and its owner can reach each other. */
export interface BotConnection {
  jid: BareJid;
  state: SessionState;
  reason: string | undefined;
  /** Its OMEMO device; undefined before it has one. */
  deviceId: number | undefined;
  /** Whether the server shows that device; undefined while that cannot be asked. */
  isPublished: boolean | undefined;
  /** How many devices of the owner it can write to, besides the one in this installation. */
  ownerDevices: number;
  /** Those of them whose commands wait for approval. */
  waiting: number[];
}

/** Asks the server what others see of the bot's device. Refuses a bot that has no account of its own. */
export function botConnection({ sessionOf, devices }: BotConnectionDeps) {
  async function isListed(session: Session, deviceId: number): Promise<boolean | undefined> {
    try {
      const lists = await fetchDeviceLists(session, session.jid);
      return OMEMO_VERSIONS.some((version) => lists[version]?.some(({ id }) => id === deviceId));
    } catch {
      // The session went, or the server does not say.
      return undefined;
    }
  }

  return async (bot: Bot): Promise<BotConnection> => {
    const account = await devices.accountOf(bot);
    const { own, others } = await devices.overview(account);
    const session = sessionOf(account.jid);
    const isOnline = session?.state === 'online';
    // The owner's device in this installation is no app that anybody writes with.
    const installed = await devices.installedFor(bot.owner);
    const ofOwner = others.filter(
      ({ jid, deviceId, versions, trust }) =>
        jid === bot.owner && deviceId !== installed && versions.length > 0 && trust !== 'distrusted',
    );
    return {
      jid: account.jid,
      state: session?.state ?? 'offline',
      reason: session?.reason,
      deviceId: own?.deviceId,
      isPublished: isOnline && own ? await isListed(session, own.deviceId) : undefined,
      ownerDevices: ofOwner.length,
      waiting: ofOwner.filter(({ trust }) => trust === 'new').map(({ deviceId }) => deviceId),
    };
  };
}
