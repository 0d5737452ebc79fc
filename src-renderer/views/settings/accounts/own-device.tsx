import { useQuery } from '@tanstack/react-query';
import { devicesQuery } from '../../../queries/devices.ts';
import { useText } from '../../../text/use-text.ts';
import { scanned } from '../../../ui/fingerprint.ts';
import { Qr } from '../../../ui/qr.tsx';
import { KnownDevices } from '../../bots/detail/devices.tsx';
import shared from '../settings.module.css';
import styles from './accounts.module.css';

/** The key of the account's device here, to be compared, and the devices it knows. */
export function OwnDevice({ jid }: { jid: string }) {
  const text = useText().settings.accounts;
  const { data } = useQuery(devicesQuery(jid));
  return (
    <div className={styles.devices}>
      {data?.own ? (
        <div className={styles.own}>
          <Qr label={text.fingerprintOf(jid)} value={scanned(jid, data.own.device, data.own.fingerprint)} />
          <p className={shared.second}>{text.fingerprintHelp}</p>
        </div>
      ) : (
        data && <p className={shared.second}>{text.noDevice}</p>
      )}
      <KnownDevices jid={jid} />
    </div>
  );
}
