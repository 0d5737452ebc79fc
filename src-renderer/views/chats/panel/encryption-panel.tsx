import { useQuery } from '@tanstack/react-query';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { devicesQuery } from '../../../queries/devices.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { LockIcon, OpenLockIcon, TrustedIcon } from '../../../ui/icons.tsx';
import { DeviceCard, OwnDevice } from './device-card.tsx';
import { MemberDevices } from './member-devices.tsx';
import styles from './side-panel.module.css';

/** Whether a conversation is encrypted, with whose devices, and which of them are trusted. */
export function EncryptionPanel({ chat }: { chat: Chat }) {
  const text = useText().chats;
  const words = text.encryption;
  const query = useQuery(devicesQuery(chat.account));
  const { state, reason } = chat.encryption;
  const Icon = state === 'on' ? TrustedIcon : OpenLockIcon;
  const body = {
    on: chat.kind === 'self' ? words.onSelf : chat.kind === 'bot' ? words.onBot : words.onOther(chat.name),
    off: chat.kind === 'room' ? words.offRoom : chat.kind === 'self' ? words.offSelf : words.off(chat.name),
    impossible: reason ?? words.impossible,
  }[state];
  return (
    <>
      <div className={`${styles.banner} ${{ on: '', off: styles.isOff, impossible: styles.isBad }[state]}`}>
        <Icon size={20} />
        <strong>{words.titles[state]}</strong>
        <p>{body}</p>
      </div>
      <Answered query={query} skeleton={null}>
        {({ own, devices, account }) => {
          const theirs = devices.filter(({ jid }) => jid === chat.jid && jid !== account);
          const mine = devices.filter(({ jid }) => jid === account);
          return (
            <>
              {chat.kind === 'room' && state === 'on' && <MemberDevices chat={chat} devices={devices} />}
              {chat.kind !== 'self' && theirs.length > 0 && (
                <>
                  <h3 className={styles.title}>{words.devicesOf(chat.name)}</h3>
                  <div className={styles.card}>
                    {theirs.map((device) => (
                      <DeviceCard account={account} device={device} key={device.device} />
                    ))}
                  </div>
                </>
              )}
              <h3 className={styles.title}>{words.yourDevices}</h3>
              <div className={styles.card}>
                {own ? (
                  <OwnDevice account={account} device={own.device} fingerprint={own.fingerprint} />
                ) : (
                  <p className={styles.device}>{words.noOwn}</p>
                )}
                {mine.map((device) => (
                  <DeviceCard account={account} device={device} key={device.device} />
                ))}
              </div>
            </>
          );
        }}
      </Answered>
      <details className={styles.why}>
        <summary>
          <LockIcon size={14} /> {words.what}
        </summary>
        {words.meaning.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </details>
    </>
  );
}
