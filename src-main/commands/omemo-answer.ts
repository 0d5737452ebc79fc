import type { Caller } from '../../src-shared/access.ts';
import { refuse } from '../../src-shared/errors.ts';
import type { Translate } from '../../src-shared/text/translate.ts';
import type { Services } from '../engine/engine.ts';
import type { DeviceOverview } from '../engine/omemo/omemo-devices.ts';
import type { Account } from '../store/account-repository.ts';
import type { Tx } from '../store/open.ts';

interface OmemoRequest {
  tx: Tx;
  omemoDevices: Services['omemoDevices'];
  account: Account;
  caller: Caller;
  t: Translate;
  /** What stands behind the command. */
  words: readonly string[];
}

/** Words that judge a device, in both languages. */
export const JUDGEMENTS: Readonly<Record<string, 'trusted' | 'distrusted'>> = {
  trust: 'trusted',
  vertrauen: 'trusted',
  distrust: 'distrusted',
  misstrauen: 'distrusted',
};

/** `/omemo`, `/omemo trust <device>`, `/omemo distrust <device>`: in a bot's chat and in the chat with oneself. */
export async function omemoAnswer({
  tx,
  omemoDevices,
  account,
  caller,
  t,
  words,
}: OmemoRequest): Promise<string> {
  const [act = '', device = '', ...rest] = words;
  const trust = Object.hasOwn(JUDGEMENTS, act.toLowerCase()) ? JUDGEMENTS[act.toLowerCase()] : undefined;
  if (act !== '' && (!trust || !/^[1-9]\d{0,9}$/.test(device) || rest.length > 0)) {
    return t('usage', { usage: t('omemo.usage') });
  }
  if (trust) {
    if (!account.hasOmemo) throw refuse('omemo.no-own-device', {});
    const deviceId = Number(device);
    await omemoDevices.setTrust(tx, account, { deviceId, trust }, caller);
    return t(trust === 'trusted' ? 'omemo.trusted' : 'omemo.distrusted', { device: deviceId });
  }
  return describe(await omemoDevices.overview(account, tx), account, t);
}

function describe({ own, others }: DeviceOverview, { jid }: Account, t: Translate): string {
  if (!own) return t('omemo.none');
  const lines = others.map(
    ({ deviceId, jid: whose, trust, fingerprint, otherFingerprint, versions, label }) =>
      [
        t('omemo.device', { device: deviceId, trust: t(`omemo.trust.${trust}`) }),
        ...(whose === jid ? [] : [`JID: ${whose}`]),
        ...(label ? [label] : []),
        ...(versions.length === 0 ? [t('omemo.gone')] : []),
        fingerprint ?? t('omemo.no-keys'),
        ...(otherFingerprint ? [t('omemo.other-key', { fingerprint: otherFingerprint })] : []),
      ].join('\n'),
  );
  const shown = within(lines, LINES_SHOWN);
  const left = lines.length - shown.length;
  return [
    t('omemo.own', { device: own.deviceId }),
    own.fingerprint,
    '',
    ...(lines.length === 0 ? [t('omemo.no-devices')] : [shown.join('\n\n')]),
    ...(left > 0 ? ['', t('omemo.more', { count: left })] : []),
    '',
    t('omemo.hint'),
  ].join('\n');
}

/** A chat is no place for more. */
const LINES_SHOWN = 50;

/** The first of these texts that have no more lines together, with one between each two. */
function within(texts: readonly string[], lines: number): string[] {
  let left = lines;
  return texts.filter((text) => {
    left -= text.split('\n').length + 1;
    return left >= 0;
  });
}
