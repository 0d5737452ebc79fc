import { Badge, Button, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Device } from '../../../../src-shared/client/types.ts';
import { changeOmemoDevices, resetOmemo } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import type { Bot } from '../../../queries/bots.ts';
import { devicesQuery } from '../../../queries/devices.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { CopyAction } from '../../../ui/copy-text.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { grouped8 } from '../../../ui/fingerprint.ts';
import { toast, toastProblem } from '../../../ui/toasts.tsx';
import { useWhen } from '../../../ui/use-when.ts';
import styles from './bot-detail.module.css';

const COLOURS = { trusted: 'green', new: 'yellow', distrusted: 'red' } as const;

/** The devices of end-to-end encryption around a dedicated bot. */
export function Devices({ bot }: { bot: Bot }) {
  const text = useText().bots.tabs.devices;
  if (bot.mode !== 'dedicated') return <Empty title={text.personalTitle}>{text.personalBody}</Empty>;
  return <KnownDevices jid={bot.jid} />;
}

/** The devices of an address with the account's own one, and what can be done about them. */
export function KnownDevices({ jid }: { jid: string }) {
  const text = useText().bots.tabs.devices;
  const client = useQueryClient();
  const query = useQuery(devicesQuery(jid));
  const refresh = () => client.invalidateQueries({ queryKey: devicesQuery(jid).queryKey });

  async function set({ device, jid: owner }: Device, trust: 'trusted' | 'distrusted') {
    try {
      await changeOmemoDevices(engine, { jid, device, trust, owner });
      if (trust === 'trusted') toast(text.trusted);
    } catch (error) {
      toastProblem(error as Error);
    }
    await refresh();
  }
  const reset = () =>
    confirmHarm({
      title: text.resetTitle,
      body: text.resetBody,
      action: text.resetAction,
      run: async () => {
        await resetOmemo(engine, { jid });
        await refresh();
      },
    });
  return (
    <Answered query={query} skeleton={null}>
      {({ own, devices }) => (
        <>
          <p className={styles.lead}>{text.help}</p>
          <Title className={styles.subhead ?? ''} order={2}>
            {text.owner}
          </Title>
          {devices.length === 0 ? (
            <Empty title={text.emptyTitle}>{text.emptyBody}</Empty>
          ) : (
            <ul className={styles.rows}>
              {devices.map((device) => (
                <DeviceRow device={device} key={`${device.jid} ${device.device}`}>
                  {device.trust === 'trusted' ? (
                    <Button
                      aria-label={text.distrustOf(device.device)}
                      onClick={() => void set(device, 'distrusted')}
                      size="xs"
                      variant="default"
                    >
                      {text.distrust}
                    </Button>
                  ) : (
                    <Button
                      aria-label={text.trustOf(device.device)}
                      disabled={device.fingerprint === null}
                      onClick={() => void set(device, 'trusted')}
                      size="xs"
                    >
                      {text.trust}
                    </Button>
                  )}
                </DeviceRow>
              ))}
            </ul>
          )}
          {own && (
            <>
              <Title className={styles.subhead ?? ''} order={2}>
                {text.own}
              </Title>
              <ul className={styles.rows}>
                <li>
                  <div className={styles.grow}>
                    <strong>{text.number(own.device)}</strong>
                    <p className={styles.mono}>{grouped8(own.fingerprint)}</p>
                  </div>
                  <CopyAction value={own.fingerprint} what={text.fingerprint} />
                  <Button onClick={reset} size="xs" variant="default">
                    {text.reset}
                  </Button>
                </li>
              </ul>
            </>
          )}
        </>
      )}
    </Answered>
  );
}

function DeviceRow({ device, children }: { device: Device; children: ReactNode }) {
  const { bots } = useText();
  const text = bots.tabs.devices;
  const when = useWhen();
  const { device: number, fingerprint, trust, label, versions, first_seen, last_seen } = device;
  return (
    <li>
      <div className={styles.grow}>
        <strong>
          {text.number(number)}
          {label !== null && ` · ${label}`}
        </strong>{' '}
        <Badge color={COLOURS[trust]} size="sm" variant="light">
          {text.states[trust]}
        </Badge>
        <p className={styles.mono}>{fingerprint === null ? text.noFingerprint : grouped8(fingerprint)}</p>
        <p>
          {last_seen === null ? text.firstSeen(when(first_seen)) : text.lastSeen(when(last_seen))}
          {versions.length === 0 && ` · ${text.gone}`}
        </p>
      </div>
      {fingerprint !== null && <CopyAction value={fingerprint} what={text.fingerprint} />}
      {children}
    </li>
  );
}
