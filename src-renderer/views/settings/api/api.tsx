import { Badge, Radio } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type GetServerAnswer, setSetting } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { serverQuery } from '../../../queries/installation.ts';
import { useSetting } from '../../../queries/settings.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { Section } from '../../../ui/card.tsx';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { CopyAction, Mono } from '../../../ui/copy-text.tsx';
import { isKeeper } from '../../../ui/keeper-only.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { toastProblem, toastWithUndo } from '../../../ui/toasts.tsx';
import { PageHead } from '../page-head.tsx';
import { SettingField } from '../setting-field.tsx';
import shared from '../settings.module.css';
import styles from './api.module.css';
import { Certificate } from './certificate.tsx';

const MODES = ['local', 'network'] as const;
type Mode = (typeof MODES)[number];

/** How programs reach the API; it moves at once. */
export function Api() {
  const text = useText().settings.api;
  const query = useQuery(serverQuery);
  return (
    <>
      <PageHead page="api">
        {query.data && (
          <Badge
            color={query.data.problem === null ? 'green' : 'red'}
            leftSection={<StateDot state={query.data.problem === null ? 'on' : 'failed'} />}
            size="lg"
            variant="light"
          >
            {text.listening}
          </Badge>
        )}
      </PageHead>
      <Answered query={query} skeleton={null}>
        {(server) => (
          <>
            {server.problem !== null && (
              <p className={shared.bad} role="alert">
                {server.problem}
              </p>
            )}
            <ModeChoice server={server} />
            <Addresses server={server} />
            <Certificate server={server} />
          </>
        )}
      </Answered>
    </>
  );
}

function ModeChoice({ server }: { server: GetServerAnswer }) {
  const { settings, common } = useText();
  const text = settings.api;
  const client = useQueryClient();
  const wished = useSetting('api_mode');
  const set = async (value: Mode) => {
    await setSetting(engine, { key: 'api_mode', value });
    await client.invalidateQueries({ queryKey: ['settings'] });
    await client.invalidateQueries({ queryKey: ['status'] });
  };
  const done = (value: Mode, before: Mode) =>
    toastWithUndo(text.isOn[value], {
      label: common.undo,
      run: () => void set(before).catch(toastProblem),
    });
  function choose(value: string) {
    if (value === wished) return;
    if (value === 'local') return void set('local').then(() => done('local', wished), toastProblem);
    confirmHarm({
      title: text.toNetworkTitle,
      body: text.toNetworkBody,
      action: text.toNetworkAction,
      run: async () => {
        await set('network');
        done('network', wished);
      },
    });
  }
  return (
    <div>
      <Radio.Group aria-label={text.mode} onChange={choose} value={wished}>
        <div className={styles.modes}>
          {MODES.map((value) => (
            <div className={styles.mode} data-chosen={wished === value || undefined} key={value}>
              <Radio description={text.modes[value].body} label={text.modes[value].title} value={value} />
            </div>
          ))}
        </div>
      </Radio.Group>
      {!isKeeper() && <p className={styles.note}>{text.pageMoves}</p>}
      {server.given.mode !== null && <p className={styles.note}>{text.givenMode}</p>}
    </div>
  );
}

/** As programs write them: by the names of the certificate, or those of this machine. */
function addressesOf({ mode, url, port, addresses, certificate }: GetServerAnswer): string[] {
  const scheme = mode === 'network' ? 'https' : 'http';
  const names = mode === 'network' ? (certificate?.names ?? []) : addresses;
  const shown = names.map((name) => `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`);
  return shown.length > 0 ? shown : [url];
}

function Addresses({ server }: { server: GetServerAnswer }) {
  const { port, given } = server;
  const text = useText().settings.api;
  const wished = useSetting('api_port');
  const shown = addressesOf(server);
  return (
    <Section title={text.addresses}>
      <SettingField name="api_port" />
      {(given.port !== null || wished !== port) && (
        <p className={styles.inside}>
          {text.portNow(port)} {given.port !== null && text.givenPort}
        </p>
      )}
      <ul className={styles.addresses}>
        {shown.map((address) => (
          <li key={address}>
            <Mono>{address}</Mono>
            <CopyAction value={address} what={`${text.address} ${address}`} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
