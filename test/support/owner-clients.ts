import type { DedicatedBot } from './dedicated-bot.ts';
import { type OmemoPeer, startOmemoPeer } from './omemo-peer.ts';
import { type OmemoProfanity, startOmemoProfanity } from './servers/profanity-omemo.ts';
import type { XmppServer } from './servers/servers.ts';
import type { AtEnd } from './test-folder.ts';
import { until } from './until.ts';

/** A message of a chat as its client shows it. */
export interface Shown {
  from: string;
  text: string;
  isEncrypted: boolean;
}

/** The owner of bots, at a real client with OMEMO. */
export interface OwnerClient {
  /** What it knows of OMEMO, or its name. */
  readonly name: string;
  readonly jid: string;
  readonly password: string;
  device(): number;
  /** Writes to a bot, encrypted. */
  say(bot: Pick<DedicatedBot, 'jid'>, text: string): Promise<void>;
  /** Waits until an encrypted message of the bot shows that text, or one that fits. */
  hears(bot: Pick<DedicatedBot, 'jid'>, text: string | RegExp): Promise<Shown>;
  /** Everything that came from the bot, in order. */
  heard(bot: Pick<DedicatedBot, 'jid'>): Shown[];
  /** Lets the bot see its presence, and asks to see the bot's. */
  befriend(bot: Pick<DedicatedBot, 'jid'>): Promise<void>;
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  /** Loses its keys and is a new device from then on; the old one stays listed. */
  startAnew(): Promise<void>;
}

/** Everything that starts here may have to wait for its turn on a busy machine. */
const HEARD_WITHIN_MS = 30_000;

export type PeerMode = 'old' | 'new' | 'both';
export const PEER_MODES: readonly PeerMode[] = ['old', 'new', 'both'];

type Place = { server: XmppServer; jid: string; password: string; resource?: string; atEnd: AtEnd };

/** python-omemo, in the versions it is to know. */
export async function peerOwner(mode: PeerMode, place: Place): Promise<OwnerClient & { peer: OmemoPeer }> {
  const peer = await startOmemoPeer({ ...place, mode });
  const heard = ({ jid }: { jid: string }) =>
    peer
      .messages()
      .filter(({ from, how, text }) => how !== 'carbon-sent' && bare(from) === jid && text !== undefined)
      .map(({ from, text, kind }) => ({ from, text: text ?? '', isEncrypted: kind === 'encrypted' }));
  return {
    ...common(mode, place, heard),
    peer,
    device: () => peer.device,
    say: async (bot, text) => void (await peer.send(bot.jid, text)),
    async befriend({ jid }) {
      for (const type of ['subscribed', 'subscribe']) await peer.sendPresence(jid, type);
    },
    goOffline: peer.goOffline,
    goOnline: peer.goOnline,
    startAnew: peer.startAnew,
  };
}

/** profanity, which is opened at each bot's window before something is typed there. */
export async function profanityOwner(place: Place): Promise<OwnerClient> {
  let client: OmemoProfanity = await startOmemoProfanity(place);
  /** What came to those before. */
  const before: Shown[] = [];
  let open: string | undefined;
  const shown = () =>
    client
      .messages()
      .map(({ from, text, encryption }) => ({ from, text, isEncrypted: encryption === 'omemo' }));
  const heard = ({ jid }: { jid: string }) =>
    [...before, ...shown()].filter(({ from }) => bare(from) === jid);
  return {
    ...common('profanity', place, heard),
    device: () => client.device,
    async say(bot, text) {
      if (open !== bot.jid) await client.startEncrypted(bot.jid);
      open = bot.jid;
      try {
        await client.sayEncrypted(text);
      } catch (error) {
        // It has heard of a new device and not fetched its keys; what it advises its user to do then.
        if (!String(error).includes('"omemo end", "omemo start"')) throw error;
        await client.type('/omemo end');
        await client.startEncrypted(bot.jid);
        await client.sayEncrypted(text);
      }
    },
    async befriend({ jid }) {
      for (const word of ['allow', 'request']) await client.type(`/sub ${word} ${jid}`);
    },
    async goOffline() {
      await client.goOffline();
      open = undefined;
    },
    goOnline: () => client.goOnline(),
    async startAnew() {
      before.push(...shown());
      await client.stop();
      client = await startOmemoProfanity(place);
      open = undefined;
    },
  };
}

const bare = (jid: string) => jid.split('/')[0];

function common(name: string, { jid, password }: Place, heard: OwnerClient['heard']) {
  return {
    name,
    jid,
    password,
    heard,
    hears: (bot: Pick<DedicatedBot, 'jid'>, text: string | RegExp) => {
      const fits = (one: Shown) =>
        one.isEncrypted && (typeof text === 'string' ? one.text === text : text.test(one.text));
      const look = () => heard(bot).find(fits);
      return until(`${name} to show ${text}`, look, HEARD_WITHIN_MS).catch((error: Error) => {
        throw new Error(`${error.message}${JSON.stringify(heard(bot), undefined, 1)}`);
      });
    },
  };
}
