import { Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { DesktopBridge, DesktopSettings } from '../../../src-shared/desktop-bridge.ts';
import { useText } from '../../text/use-text.ts';
import { Section } from '../../ui/card.tsx';
import { Popconfirm } from '../../ui/popconfirm.tsx';
import { toastProblem } from '../../ui/toasts.tsx';
import { PageHead } from './page-head.tsx';
import { SettingCard } from './setting-card.tsx';
import { SettingRow } from './setting-row.tsx';

/** How the window looks and behaves, and in the desktop app what only that can do. */
export function General() {
  const text = useText().settings.general;
  // An older app around the page may have less than the types say.
  const bridge = window.desktop?.settings === undefined ? undefined : window.desktop;
  return (
    <>
      <PageHead page="general" />
      <SettingCard name="look" title={text.look} />
      <SettingCard name="chats" title={text.chats} />
      <SettingCard name="notifications" title={text.notifications} />
      {bridge && <Desktop bridge={bridge} />}
    </>
  );
}

const KEY = ['desktop', 'settings'];

function Desktop({ bridge }: { bridge: DesktopBridge }) {
  const text = useText().settings.general;
  const client = useQueryClient();
  const { data: state } = useQuery({ queryKey: KEY, queryFn: () => bridge.settings.get() });
  useEffect(() => bridge.settings.onChange((changed) => client.setQueryData(KEY, changed)), [bridge, client]);
  if (!state) return null;
  const set = (changes: Partial<DesktopSettings>) =>
    void bridge.settings
      .set(changes)
      .then((changed) => client.setQueryData(KEY, changed))
      .catch(toastProblem);
  return (
    <Section title={text.desktop}>
      <SettingRow help={state.hasTray ? text.backgroundHelp : text.noTray} label={text.background}>
        {(ids) => (
          <Switch
            {...ids}
            checked={state.background}
            onChange={(event) => set({ background: event.currentTarget.checked })}
          />
        )}
      </SettingRow>
      <SettingRow
        help={state.canStartAtLogin ? text.startAtLoginHelp : text.noStart}
        label={text.startAtLogin}
      >
        {(ids) => (
          <Switch
            {...ids}
            checked={state.startAtLogin}
            disabled={!state.canStartAtLogin}
            onChange={(event) => set({ startAtLogin: event.currentTarget.checked })}
          />
        )}
      </SettingRow>
      {state.hasNotifications && (
        <SettingRow help={text.desktopNotificationsHelp} label={text.desktopNotifications}>
          {(ids) => (
            <Switch
              {...ids}
              checked={state.notifications}
              onChange={(event) => set({ notifications: event.currentTarget.checked })}
            />
          )}
        </SettingRow>
      )}
      <SettingRow help={text.spellcheckHelp} label={text.spellcheck}>
        {(ids) => (
          <Switch
            {...ids}
            checked={state.spellcheck}
            onChange={(event) => set({ spellcheck: event.currentTarget.checked })}
          />
        )}
      </SettingRow>
      <Keystore bridge={bridge} />
    </Section>
  );
}

/** Where the key of the data is, and where else it could be. */
function Keystore({ bridge }: { bridge: DesktopBridge }) {
  const text = useText().settings.general;
  const client = useQueryClient();
  const queryKey = ['desktop', 'keystore'];
  const { data } = useQuery({ queryKey, queryFn: () => bridge.keystore.status() });
  if (!data) return null;
  const { canMoveTo, name, place } = data;
  const move = (to: 'keystore' | 'file') =>
    bridge.keystore.move(to).then((moved) => client.setQueryData(queryKey, moved));
  return (
    <SettingRow help={text.keystorePlaces[place](name)} label={text.keystore}>
      {() =>
        canMoveTo && (
          <Popconfirm
            action={text.keystoreMove[canMoveTo]}
            body={text.keystoreMoveBody[canMoveTo](name)}
            run={() => move(canMoveTo)}
          />
        )
      }
    </SettingRow>
  );
}
