import {
  Button,
  Checkbox,
  Collapse,
  FileInput,
  PasswordInput,
  Switch,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import {
  type AddAccountAnswer,
  addAccount,
  type GetAccountsAnswer,
  setSetting,
} from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { useSetting } from '../../queries/settings.ts';
import { useText } from '../../text/use-text.ts';
import { OpenIcon } from '../../ui/icons.tsx';
import { DiscoveryLine } from './discovery-line.tsx';
import { domainOf, useDiscovery } from './use-discovery.ts';
import styles from './welcome.module.css';

interface SignInProps {
  /** It is signed in here already and gets another password. */
  known: GetAccountsAnswer[number] | undefined;
  isFirst: boolean;
  onDone: (account: AddAccountAnswer) => void;
}

/** Address, password and what goes with them. A refusal stands here and takes nothing away that was typed. */
export function SignInForm({ known, isFirst, onDone }: SignInProps) {
  const text = useText().firstRun;
  const client = useQueryClient();
  const [jid, setJid] = useState(known?.jid ?? '');
  const [password, setPassword] = useState('');
  const [service, setService] = useState(known?.service ?? '');
  const [caFile, setCaFile] = useState<File | null>(null);
  const [ca, setCa] = useState('');
  const [isCaDropped, setCaDropped] = useState(false);
  const isCaKept = known?.own_ca === true && !isCaDropped && ca === '';
  const [omemo, setOmemo] = useState(known?.omemo ?? true);
  const [areBotsOn, setBotsOn] = useState(true);
  /** As the engine has it; said once more after another choice. */
  const areOnHere = useSetting('bot_features_enabled');
  const said = useRef<boolean>(undefined);
  const [isAdvanced, setAdvanced] = useState(service !== '' || known?.own_ca === true);
  const [problem, setProblem] = useState<{ at: 'jid' | 'password' | 'all'; words: string }>();
  const running = useRef<AbortController>(undefined);
  const [isRunning, setRunning] = useState(false);
  const discovery = useDiscovery({ jid, service, ca });

  async function signIn() {
    if (running.current) return;
    if (!/^[^\s@/]+@[^\s@/]+$/.test(jid.trim())) return setProblem({ at: 'jid', words: text.jidMissing });
    if (password === '') return setProblem({ at: 'password', words: text.passwordMissing });
    const life = new AbortController();
    running.current = life;
    setRunning(true);
    setProblem(undefined);
    try {
      if (isFirst && window.desktop && (said.current ?? areOnHere) !== areBotsOn) {
        await setSetting(engine, { key: 'bot_features_enabled', value: areBotsOn });
        said.current = areBotsOn;
      }
      const account = await addAccount(
        engine,
        {
          jid: jid.trim(),
          password,
          omemo,
          // What is empty here is empty there, of an account that is known as well; an authority is not shown, and stays.
          service: service.trim() === '' ? null : service.trim(),
          ...(!isCaKept && { ca: ca === '' ? null : ca }),
        },
        { signal: life.signal },
      );
      onDone(account);
      void client.invalidateQueries();
    } catch (error) {
      if (!life.signal.aborted) setProblem({ at: 'all', words: (error as Error).message });
    } finally {
      running.current = undefined;
      setRunning(false);
    }
  }
  async function takeCa(file: File | null) {
    setCaFile(file);
    setCa((await file?.text()) ?? '');
  }

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <div>
        <TextInput
          aria-describedby="discovery"
          autoCapitalize="none"
          autoComplete="username"
          autoFocus={!known}
          disabled={known !== undefined}
          error={problem?.at === 'jid' && problem.words}
          inputMode="email"
          label={text.jid}
          onChange={(event) => setJid(event.currentTarget.value)}
          placeholder={text.jidExample}
          size="md"
          spellCheck={false}
          value={jid}
        />
        <DiscoveryLine
          discovery={discovery}
          domain={domainOf(jid.trim())}
          onUse={(found) => {
            setService(found);
            setAdvanced(true);
          }}
        />
      </div>
      <PasswordInput
        autoComplete="current-password"
        autoFocus={known !== undefined}
        error={problem?.at === 'password' && problem.words}
        label={text.password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        size="md"
        value={password}
      />
      <div>
        <UnstyledButton
          aria-expanded={isAdvanced}
          className={styles.advanced ?? ''}
          onClick={() => setAdvanced(!isAdvanced)}
        >
          <OpenIcon size={16} /> {text.advanced}
        </UnstyledButton>
        <Collapse expanded={isAdvanced}>
          <div className={styles.more}>
            <TextInput
              description={text.serviceHelp}
              inputMode="url"
              label={text.service}
              onChange={(event) => setService(event.currentTarget.value)}
              spellCheck={false}
              value={service}
            />
            <FileInput
              accept=".pem,.crt,.cer"
              clearable
              clearButtonProps={{ 'aria-label': text.caRemove }}
              description={text.caHelp}
              label={text.ca}
              onChange={(file) => void takeCa(file)}
              placeholder={isCaKept ? text.caStored : text.caChoose}
              value={caFile}
            />
            {isCaKept && (
              <div>
                <Button onClick={() => setCaDropped(true)} size="compact-sm" variant="subtle">
                  {text.caRemove}
                </Button>
              </div>
            )}
          </div>
        </Collapse>
      </div>
      <Checkbox
        checked={omemo}
        description={text.omemoHelp}
        label={text.omemo}
        onChange={(event) => setOmemo(event.currentTarget.checked)}
      />
      {isFirst && window.desktop && (
        <Switch
          checked={areBotsOn}
          description={text.botsOnHelp}
          label={text.botsOn}
          onChange={(event) => setBotsOn(event.currentTarget.checked)}
        />
      )}
      {problem?.at === 'all' && (
        <p className={styles.refusal} role="alert">
          {problem.words}
        </p>
      )}
      <Button fullWidth loading={isRunning} size="md" type="submit">
        {text.signIn}
      </Button>
      <div aria-live="polite">
        {isRunning && (
          <p className={styles.hint}>
            {text.signingIn}{' '}
            <Button onClick={() => running.current?.abort()} size="compact-sm" variant="subtle">
              {text.cancel}
            </Button>
          </p>
        )}
      </div>
    </form>
  );
}
