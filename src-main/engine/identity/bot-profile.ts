import { createHash } from 'node:crypto';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import { xml } from '../../gateways/xmpp/element.ts';
import { type Session, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';
import { writeVcard } from '../../gateways/xmpp/xep-0054-vcard.ts';
import { deleteNode } from '../../gateways/xmpp/xep-0060-pubsub.ts';
import {
  avatarId,
  NS_AVATAR_DATA,
  NS_AVATAR_METADATA,
  publishAvatar,
} from '../../gateways/xmpp/xep-0084-avatar.ts';
import { photoUpdate } from '../../gateways/xmpp/xep-0153-vcard-avatar.ts';
import { publishPep, readPep } from '../../gateways/xmpp/xep-0163-pep.ts';
import { NS_NICK, publishNickname } from '../../gateways/xmpp/xep-0172-nickname.ts';
import { type AvatarImage, pngSize } from '../bots/avatar-image.ts';

/** How a bot appears to others. */
export interface BotProfile {
  name: string;
  description: string;
  avatar: AvatarImage;
}

/** A node of the bot's own, for nobody else's eyes: the digest of the profile that was published last. */
export const NS_PROFILE_MARK = 'urn:botmother:profile:0';
const MARK_OPTIONS = { access: 'whitelist', persist: true } as const;

interface BotProfileDeps {
  /** The profile as it should be now. */
  read: () => Promise<BotProfile>;
  logger: Logger;
}

/**
 * Shows a bot's name, picture and description on the network: vcard-temp, XEP-0084, XEP-0172, and XEP-0153 in its
 * presence. At each new session one small question tells whether the server has them already, so a fleet that signs in
 * publishes nothing; the answer lives where the profile does, and goes when that is lost. What fails is logged, leaves
 * the session alone, and is done again at the next one.
 */
export function botProfile(session: Session, { read, logger }: BotProfileDeps) {
  const scope = new Scope();
  /** What the server has, as far as is known in this session. */
  let published: string | undefined;
  /** What was tried in this session, with or without success. */
  let tried: string | undefined;
  let photoId: string | undefined;
  /** Of the profile as it was read last, until it may be another one. */
  let known: { digest: string; photo: string } | undefined;
  let changes = 0;
  let running: Promise<void> | undefined;
  let isStale = false;

  const report = (error: unknown) => {
    if (error instanceof SessionLost || scope.isClosed) return;
    logger.warn({ err: error, account: session.jid }, 'the profile of a bot could not be published');
  };

  function show(id: string): void {
    photoId = id;
    session.renewPresence();
  }

  async function readNow() {
    const readAfter = changes;
    const profile = await read();
    const facts = { digest: digestOf(profile), photo: avatarId(profile.avatar.image) };
    if (readAfter === changes) known = facts;
    return { ...facts, profile };
  }

  async function publish(): Promise<void> {
    // What is kept is a digest: hundreds of pictures need not be in memory, nor be read twice at each start.
    const looked: { digest: string; photo: string; profile?: BotProfile } = known ?? (await readNow());
    // Before the session is online nobody is told: the first presence has it.
    if (photoId === undefined) show(looked.photo);
    if (session.state !== 'online' || scope.isClosed) return;
    published ??= await readMark(session);
    if (published === looked.digest || tried === looked.digest) return;
    const { digest, photo, profile } = looked.profile
      ? { ...looked, profile: looked.profile }
      : await readNow();
    tried = digest;
    await publishProfile(session, profile);
    published = digest;
    // Not before: who hears of a new picture fetches it.
    show(photo);
  }

  async function run(): Promise<void> {
    do {
      isStale = false;
      await publish().catch(report);
    } while (isStale && !scope.isClosed);
    running = undefined;
  }

  /** Publishes what is not there yet. Changes that come meanwhile are published after it, together. */
  function bringUp(): Promise<void> {
    if (scope.isClosed) return Promise.resolve();
    isStale = true;
    running ??= run();
    return running;
  }

  /** The same after a change of the bot. */
  function refresh(): Promise<void> {
    changes += 1;
    known = undefined;
    return bringUp();
  }

  scope.add(session.addToPresence(() => photoUpdate(photoId)));
  scope.add(
    session.onReady(({ resumed }) => {
      if (resumed) return;
      published = undefined;
      tried = undefined;
      void bringUp();
    }),
  );
  // The picture is known in time for the first presence, most likely.
  void refresh();

  return {
    refresh,
    async close(): Promise<void> {
      await scope.close();
      await running;
    },
  };
}

/**
 * Publishes a profile as it is, and marks it as published. Each part is tried, whatever became of the others; rejects
 * with the first failure, and without a mark then.
 */
export async function publishProfile(session: Pick<Session, 'request'>, profile: BotProfile): Promise<void> {
  const { name, description, avatar } = profile;
  const { image: bytes, type: mediaType } = avatar;
  const steps: readonly (() => Promise<unknown>)[] = [
    // The card first: both servers publish its picture once more by themselves, Prosody without its size, ejabberd for
    // contacts only.
    () => writeVcard(session, { fullName: name, nickname: name, description, photo: { mediaType, bytes } }),
    () => publishAvatar(session, { bytes, mediaType, ...pngSize(bytes) }),
    () => publishNickname(session, name),
  ];
  const failures: unknown[] = [];
  for (const step of steps) {
    await Promise.try(step).catch((error: unknown) => failures.push(error));
    if (failures.at(-1) instanceof SessionLost) break;
  }
  if (failures.length > 0) throw failures[0];
  const mark = xml('profile', { xmlns: NS_PROFILE_MARK, digest: digestOf(profile) });
  await publishPep(session, { node: NS_PROFILE_MARK, payload: mark, options: MARK_OPTIONS });
}

/** Takes everything back, before the account goes. What is not there is fine; rejects with the first other failure. */
export async function removeProfile(session: Pick<Session, 'request'>): Promise<void> {
  const failures: unknown[] = [];
  // The card first: ejabberd makes nodes anew when it changes.
  await writeVcard(session, {}).catch((error: unknown) => failures.push(error));
  for (const node of [NS_PROFILE_MARK, NS_AVATAR_METADATA, NS_AVATAR_DATA, NS_NICK]) {
    await deleteNode(session, { node }).catch((error: unknown) => isMissing(error) || failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

const isMissing = (error: unknown) => error instanceof StanzaError && error.condition === 'item-not-found';

/** A server without PEP has no mark either: the rest is published all the same. */
async function readMark(session: Pick<Session, 'request'>): Promise<string | undefined> {
  const [item] = await readPep(session, { node: NS_PROFILE_MARK, max: 1 }).catch((error: unknown) => {
    if (error instanceof StanzaError) return [];
    throw error;
  });
  const digest: unknown = item?.payload?.attrs.digest;
  return typeof digest === 'string' ? digest : undefined;
}

/** Changes with the profile, and with the way it is published. */
const digestOf = ({ name, description, avatar }: BotProfile) =>
  createHash('sha256')
    .update(JSON.stringify([1, name, description, avatar.type, avatarId(avatar.image)]))
    .digest('base64url');
