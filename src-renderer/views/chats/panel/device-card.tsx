import { Button } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import { type ReactNode, useState } from 'react';
import type { Device } from '../../../../src-shared/client/types.ts';
import { useSetTrust } from '../../../queries/devices.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { CopyAction } from '../../../ui/copy-text.tsx';
import { grouped8, scanned } from '../../../ui/fingerprint.ts';
import { DeviceIcon } from '../../../ui/icons.tsx';
import { toastProblem } from '../../../ui/toasts.tsx';
import { relativeWhen } from '../../../ui/when.ts';
import styles from './side-panel.module.css';

/** The device of this account here. */
export function OwnDevice({
  account,
  device,
  fingerprint,
}: {
  account: string;
  device: number;
  fingerprint: string;
}) {
  const words = useText().chats.encryption;
  return (
    <Card
      badge={<span className={`${styles.badge} ${styles.trusted}`}>{words.thisOne}</span>}
      fingerprint={fingerprint}
      name={words.here}
      scan={scanned(account, device, fingerprint)}
      under={words.number(device)}
    />
  );
}

/** A device of somebody: how it is known, whether it is trusted, and what can be done about that. */
export function DeviceCard({ account, device }: { account: string; device: Device }) {
  const text = useText();
  const words = text.chats.encryption;
  const language = useLanguage();
  const set = useSetTrust(account);
  const { jid, device: number, fingerprint, trust, label, last_seen, first_seen, versions } = device;
  const change = (wished: 'trusted' | 'distrusted') =>
    set.mutateAsync({ device: number, owner: jid, trust: wished }).catch(toastProblem);
  const seen =
    last_seen === null
      ? words.firstSeen(relativeWhen(first_seen, language, text.common))
      : words.lastSeen(relativeWhen(last_seen, language, text.common));
  return (
    <Card
      badge={<span className={`${styles.badge} ${styles[trust]}`}>{words.trust[trust]}</span>}
      fingerprint={fingerprint}
      name={label ?? words.number(number)}
      scan={fingerprint === null ? undefined : scanned(jid, number, fingerprint)}
      under={[label === null ? undefined : words.number(number), versions.length === 0 ? words.gone : seen]
        .filter(Boolean)
        .join(' · ')}
    >
      {trust !== 'trusted' && (
        <Button
          loading={set.isPending}
          onClick={() => void change('trusted')}
          size="compact-sm"
          variant={trust === 'new' ? 'filled' : 'default'}
        >
          {trust === 'new' ? words.approve : words.trustAgain}
        </Button>
      )}
      {trust !== 'distrusted' && (
        <Button
          onClick={() =>
            confirmHarm({
              title: words.distrustTitle,
              body: words.distrustBody(label ?? words.number(number)),
              action: words.distrust,
              run: () => set.mutateAsync({ device: number, owner: jid, trust: 'distrusted' }),
            })
          }
          size="compact-sm"
          variant="default"
        >
          {words.distrust}…
        </Button>
      )}
    </Card>
  );
}

interface CardProps {
  name: string;
  under: string;
  badge: ReactNode;
  fingerprint: string | null;
  scan: string | undefined;
  children?: ReactNode;
}

function Card({ name, under, badge, fingerprint, scan, children }: CardProps) {
  const words = useText().chats.encryption;
  const [isScanned, setScanned] = useState(false);
  return (
    <div className={styles.device}>
      <div className={styles.deviceHead}>
        <DeviceIcon />
        <span className={styles.deviceWords}>
          <strong>{name}</strong>
          <small>{under}</small>
        </span>
        {badge}
      </div>
      {fingerprint === null ? (
        <small className={styles.print}>{words.noKey}</small>
      ) : (
        <code className={styles.print}>{grouped8(fingerprint)}</code>
      )}
      {isScanned && scan !== undefined && (
        <div className={styles.qr}>
          <QRCodeSVG marginSize={0} size={148} title={words.qr(name)} value={scan} />
        </div>
      )}
      <div className={styles.acts}>
        {children}
        {scan !== undefined && (
          <Button onClick={() => setScanned(!isScanned)} size="compact-sm" variant="default">
            {isScanned ? words.hideQr : words.showQr}
          </Button>
        )}
        {fingerprint !== null && <CopyAction value={grouped8(fingerprint)} what={words.fingerprint} />}
      </div>
    </div>
  );
}
