import { useQuery } from '@tanstack/react-query';
import type { Chat, Device } from '../../../../src-shared/client/types.ts';
import { membersQuery } from '../../../queries/chat-members.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { DeviceCard } from './device-card.tsx';
import styles from './side-panel.module.css';

/** The devices that what is written in a room is encrypted for, by the members they belong to. */
export function MemberDevices({ chat, devices }: { chat: Chat; devices: readonly Device[] }) {
  const words = useText().chats.encryption;
  const query = useQuery(membersQuery(chat));
  return (
    <Answered query={query} skeleton={null}>
      {(members) => (
        <>
          <h3 className={styles.title}>{words.members(members.length)}</h3>
          {members.map(({ jid, nick }) => {
            const theirs = devices.filter((device) => device.jid === jid);
            return (
              <section aria-label={words.devicesOf(nick ?? jid)} className={styles.member} key={jid}>
                <h4 className={styles.memberName}>
                  <bdi>{nick ?? jid}</bdi>
                  {nick !== null && <small>{jid}</small>}
                </h4>
                <div className={styles.card}>
                  {theirs.length === 0 ? (
                    <p className={styles.device}>{words.memberWithout}</p>
                  ) : (
                    theirs.map((device) => (
                      <DeviceCard account={chat.account} device={device} key={device.device} />
                    ))
                  )}
                </div>
              </section>
            );
          })}
        </>
      )}
    </Answered>
  );
}
