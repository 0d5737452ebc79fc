import { Badge, Button, Select, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import {
  type ChangeAccountInput,
  changeAccount,
  type GetAccountsAnswer,
  removeAccount,
} from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { paths } from '../../../places.ts';
import { statusQuery } from '../../../queries/status.ts';
import { useText } from '../../../text/use-text.ts';
import { Address } from '../../../ui/address.tsx';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { accountDot } from '../../../ui/dot-state.ts';
import { PersonMark } from '../../../ui/marks.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { toast, toastProblem, toastStaying, toastWithUndo } from '../../../ui/toasts.tsx';
import { SettingRow } from '../setting-row.tsx';
import shared from '../settings.module.css';
import styles from './accounts.module.css';
import { OwnDevice } from './own-device.tsx';

/** One account: how it is, what can be changed, and the way out. */
export function AccountCard({ account }: { account: GetAccountsAnswer[number] }) {
  const { settings, common } = useText();
  const text = settings.accounts;
  const client = useQueryClient();
  const { data: status } = useQuery(statusQuery);
  const [areDevicesShown, setDevicesShown] = useState(false);
  const { jid, enabled, operator, language, omemo, state, reason } = account;
  const bots = status?.accounts.find((one) => one.jid === jid)?.bots ?? 0;
  const refresh = () => client.invalidateQueries({ queryKey: ['accounts'] });

  async function change(changes: Omit<ChangeAccountInput, 'jid'>): Promise<boolean> {
    try {
      await changeAccount(engine, { jid, ...changes });
      return true;
    } catch (error) {
      toastProblem(error as Error);
      return false;
    } finally {
      await refresh();
    }
  }
  async function turn(wish: boolean) {
    if (!(await change({ enabled: wish }))) return;
    toastWithUndo(wish ? text.on(jid) : text.off(jid), {
      label: common.undo,
      run: () => void change({ enabled: !wish }),
    });
  }
  const consent = (wish: boolean) => {
    if (wish) return void change({ omemo: true });
    confirmHarm({
      title: text.omemoOffTitle,
      body: text.omemoOffBody(jid),
      action: text.omemoOffAction,
      run: async () => {
        await changeAccount(engine, { jid, omemo: false });
        await refresh();
      },
    });
  };
  const remove = () =>
    confirmHarm({
      title: text.removeTitle(jid),
      body: text.removeBody,
      gone: [...(bots > 0 ? [text.goneBots(bots)] : []), text.goneKeys],
      name: jid,
      action: text.removeAction,
      run: async () => {
        const { device_left } = await removeAccount(engine, { jid, with_bots: String(bots > 0) });
        await client.invalidateQueries();
        if (device_left === null) toast(text.removed(jid));
        else toastStaying(`${text.removed(jid)}. ${text.deviceLeft(device_left)}`);
      },
    });

  return (
    <section aria-label={jid} className={styles.card}>
      <div className={styles.top}>
        <PersonMark name={jid} size={40} />
        <div className={styles.who}>
          <h2>
            <Address>{jid}</Address> {operator && <Badge variant="light">{text.operator}</Badge>}
          </h2>
          <p className={styles.state}>
            <StateDot state={accountDot(state)} /> {common.states[state]} · {common.bots(bots)}
          </p>
          {reason !== null && state !== 'online' && <p className={shared.bad}>{reason}</p>}
        </div>
        <Switch
          aria-label={text.enabled(jid)}
          checked={enabled}
          onChange={(event) => void turn(event.currentTarget.checked)}
        />
      </div>
      <SettingRow label={text.language}>
        {(ids) => (
          <Select
            {...ids}
            allowDeselect={false}
            data={[
              { value: 'auto', label: text.languageAuto },
              { value: 'en', label: settings.choices.language.en },
              { value: 'de', label: settings.choices.language.de },
            ]}
            onChange={(value) => void change({ language: value === 'en' || value === 'de' ? value : null })}
            value={language ?? 'auto'}
            w={240}
          />
        )}
      </SettingRow>
      <SettingRow help={omemo ? text.omemoOn : text.omemoOff} label={text.omemo}>
        {(ids) => (
          <Switch {...ids} checked={omemo} onChange={(event) => consent(event.currentTarget.checked)} />
        )}
      </SettingRow>
      {areDevicesShown && <OwnDevice jid={jid} />}
      <div className={shared.foot}>
        {omemo && (
          <Button
            aria-expanded={areDevicesShown}
            onClick={() => setDevicesShown(!areDevicesShown)}
            size="xs"
            variant="default"
          >
            {areDevicesShown ? text.hideDevices : text.showDevices}
          </Button>
        )}
        {!operator && (
          <Button
            onClick={async () => {
              if (await change({ operator: true })) toast(text.operatorNow(jid));
            }}
            size="xs"
            title={text.operatorHelp}
            variant="default"
          >
            {text.makeOperator}
          </Button>
        )}
        <Button component={Link} href={paths.signIn(jid)} size="xs" variant="default">
          {text.signInAgain}
        </Button>
        <Button className={shared.push ?? ''} color="red" onClick={remove} size="xs" variant="outline">
          {text.remove}
        </Button>
      </div>
    </section>
  );
}
