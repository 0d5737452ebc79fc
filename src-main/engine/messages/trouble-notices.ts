import { DomainError } from '../../../src-shared/errors.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { RateLimit } from '../../base/rate-limit.ts';
import { foreignText } from '../../gateways/xmpp/foreign-text.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { Omemo } from '../omemo/omemo.ts';
import { fingerprintOf } from '../omemo/omemo-devices.ts';
import type { Opened, Writer } from '../omemo/opening.ts';
import { composeChat } from './compose.ts';
import type { Post } from './post.ts';

export type Trouble = Extract<Opened, { kind: 'trouble' }>;

interface TroubleNoticesDeps {
  omemo: Pick<Omemo, 'peers'>;
  post: Post;
  notices: Pick<OwnerNotices, 'tell'>;
  languageOf: (account: Account) => Promise<Language>;
  clock: Clock;
  logger: Logger;
}

/** A burst of messages that cannot be decrypted is told once. */
const TOLD_EVERY_MS = 10 * 60 * 1_000;
/** Made-up numbers of devices are not worth more memory, nor more notices. */
const DEVICES_TOLD = 200;
/** Of one device, outside of the chat. */
const TO_OWNER = { depth: 1, perSecond: 1 / 3_600 };
/** It says nothing that was not said before, or nobody is to be told anything. */
export const SILENT_TROUBLES: ReadonlySet<Trouble['why']> = new Set(['duplicate', 'distrusted']);

/**
 * Tells the partner of an account that a message could not be decrypted: encrypted with the device that wrote it; where
 * nobody could read that, one fixed text in clear, and the device by another way to the owner, if there is one.
 */
export function troubleNotices(account: Account, partner: BareJid, deps: TroubleNoticesDeps) {
  const { omemo, post, notices, languageOf, clock, logger } = deps;
  const sender = { account, botId: null };
  /** When which device was told of last, monotonic milliseconds. */
  const toldAt = new Map<number, number>();
  const toOwner = new RateLimit<number>(() => TO_OWNER, clock.monotonic);
  const compose = (text: string) => composeChat(account.jid, partner, text, { isPlain: true });

  function isToBeTold(device: number): boolean {
    for (const [told, at] of toldAt) if (clock.monotonic() - at >= TOLD_EVERY_MS) toldAt.delete(told);
    return !toldAt.has(device) && toldAt.size <= DEVICES_TOLD;
  }

  /** What a device is known by: how it calls itself, else the beginning of its fingerprint. */
  async function shownAs(tx: Tx, { jid, deviceId }: Writer) {
    const device = await omemo.peers.device({ accountId: account.id, jid, deviceId }, tx);
    const start = device?.identityKey && fingerprintOf(device.identityKey).split(' ')[0];
    return {
      device: deviceId,
      label: device?.label ? foreignText(device.label) : (start ?? '?'),
      otherKey: device?.otherKey && fingerprintOf(device.otherKey),
    };
  }

  /** Which device it is may only be said encrypted. False where nobody could read it. */
  async function sayEncrypted(tx: Tx, text: string): Promise<boolean> {
    try {
      await post.put(tx, sender, compose(text));
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      logger.warn({ account: account.jid, reason: error.code }, 'the device could not be told');
      return false;
    }
  }

  return {
    /** Once in a while for each device. */
    async tell(tx: Tx, { why, writer }: Trouble): Promise<void> {
      if (SILENT_TROUBLES.has(why)) return;
      logger.warn({ account: account.jid, why, device: writer.deviceId }, 'a message could not be decrypted');
      if (!isToBeTold(writer.deviceId)) return;
      tx.afterCommit(() => {
        toldAt.set(writer.deviceId, clock.monotonic());
      });
      const t = translate(await languageOf(account));
      const fixed = t('omemo.undecryptable');
      const { device, label, otherKey } = await shownAs(tx, writer);
      const isChanged = why === 'changed-key' && otherKey !== undefined;
      const from =
        why === 'too-many-sessions'
          ? t('omemo.too-many', { device, label })
          : t('omemo.lost', { device, label });
      const text = isChanged
        ? t('omemo.changed-key', { device, fingerprint: otherKey })
        : [fixed, ...(device === 0 ? [] : [from])].join('\n');
      if (await sayEncrypted(tx, text)) return;
      await post.putFixedText(tx, sender, compose(fixed));
      if (account.botId !== undefined && device !== 0)
        await tellOwner(tx, account.botId, why, { device, label });
    },
  };

  async function tellOwner(
    tx: Tx,
    botId: BotId,
    why: Trouble['why'],
    values: { device: number; label: string },
  ): Promise<void> {
    if (toOwner.take(values.device).waitMs > 0) return;
    await notices.tell(
      tx,
      botId,
      why === 'too-many-sessions' ? 'too-many-sessions' : 'undecryptable',
      values,
    );
  }
}
