import { Badge, Button, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeSettings, testEjabberd } from '../../../../src-shared/client/management.ts';
import { ApiProblem, engine } from '../../../client.ts';
import { ejabberdQuery } from '../../../queries/installation.ts';
import { settingsQuery } from '../../../queries/settings.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useUnsaved } from '../../../ui/unsaved.ts';
import { PageHead } from '../page-head.tsx';
import { CARDS } from '../pages.ts';
import shared from '../settings.module.css';
import { fieldOf } from './field-of.ts';
import { permissionsFor } from './permissions.ts';
import styles from './server.module.css';

type Field = (typeof CARDS.server)[number];
type Values = Record<Field, string>;
const SECRET = 'ejabberd_admin_password';
const memberOf = (field: Field) => field.replace('ejabberd_', '');

/** Where dedicated bots get their accounts: tried before it is saved, and saved together. */
export function Server() {
  const { ways } = useText().settings.server;
  const query = useQuery(settingsQuery);
  const { data: stored } = useQuery(ejabberdQuery);
  return (
    <>
      <PageHead page="server">
        {stored?.configured && (
          <Badge color="green" leftSection={<StateDot state="on" />} size="lg" variant="light">
            {stored.host}
          </Badge>
        )}
      </PageHead>
      {stored && <p className={shared.second}>{ways[stored.way]}</p>}
      <Answered query={query} skeleton={null}>
        {(settings) => {
          const value = (field: Field) => String(settings.find(({ key }) => key === field)?.value ?? '');
          const saved = Object.fromEntries(CARDS.server.map((field) => [field, value(field)])) as Values;
          const label = (field: Field) => settings.find(({ key }) => key === field)?.label ?? field;
          return <Form key={JSON.stringify(saved)} label={label} saved={saved} />;
        }}
      </Answered>
    </>
  );
}

interface Tried {
  ms: number;
  /** Of the refusal; the field it is about, where one can be told. */
  problem?: string;
  field?: Field | undefined;
}

function Form({ saved, label }: { saved: Values; label: (field: Field) => string }) {
  const { settings, common } = useText();
  const text = settings.server;
  const client = useQueryClient();
  const [values, setValues] = useState(saved);
  const [isReplacing, setReplacing] = useState(saved[SECRET] === '');
  const [tried, setTried] = useState<Tried>();
  const [running, setRunning] = useState<'test' | 'save'>();
  const changed = CARDS.server.filter((field) => values[field] !== saved[field]);
  useUnsaved(changed.length > 0);

  function set(field: Field, value: string) {
    setValues({ ...values, [field]: value });
    setTried(undefined);
  }
  async function attempt(what: 'test' | 'save', run: () => Promise<unknown>) {
    const begun = performance.now();
    setRunning(what);
    setTried(undefined);
    const ms = () => Math.round(performance.now() - begun);
    try {
      await run();
      setRunning(undefined);
      if (what === 'test') setTried({ ms: ms() });
    } catch (error) {
      setRunning(undefined);
      const problem = (error as Error).message;
      setTried({
        ms: ms(),
        problem,
        field: fieldOf(error instanceof ApiProblem ? error.code : undefined, problem),
      });
    }
  }
  const test = () =>
    attempt('test', () =>
      testEjabberd(engine, Object.fromEntries(CARDS.server.map((field) => [memberOf(field), values[field]]))),
    );
  const save = () =>
    attempt('save', async () => {
      await changeSettings(engine, Object.fromEntries(changed.map((field) => [field, values[field]])));
      toast(text.savedAll);
      await client.invalidateQueries({ queryKey: ['settings'] });
    });

  const inputOf = (field: Field) => ({
    autoComplete: 'off',
    description: text.help[field],
    error: tried?.field === field ? tried.problem : undefined,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
    label: label(field),
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
    spellCheck: false,
    value: values[field],
  });

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={styles.card}>
        <div className={shared.form}>
          <p className={shared.second}>{text.waysHelp}</p>
          <div className={shared.pair}>
            <TextInput {...inputOf('ejabberd_host')} />
            <TextInput {...inputOf('ejabberd_api_url')} inputMode="url" />
            <TextInput {...inputOf('ejabberd_admin_jid')} />
            {isReplacing ? (
              <PasswordInput {...inputOf(SECRET)} autoComplete="new-password" />
            ) : (
              <div>
                <p className={styles.label}>{label(SECRET)}</p>
                <div className={styles.secret}>
                  <span>••••••••</span>
                  <Button
                    onClick={() => {
                      setReplacing(true);
                      set(SECRET, '');
                    }}
                    size="xs"
                    variant="default"
                  >
                    {text.replace}
                  </Button>
                </div>
                <p className={tried?.field === SECRET ? shared.bad : shared.second}>
                  {tried?.field === SECRET ? tried.problem : text.secretSet}
                </p>
              </div>
            )}
          </div>
          {isReplacing && saved[SECRET] !== '' && (
            <Button
              className={styles.keep ?? ''}
              onClick={() => {
                setReplacing(false);
                set(SECRET, saved[SECRET]);
              }}
              size="xs"
              variant="subtle"
            >
              {text.keep}
            </Button>
          )}
          <TextInput {...inputOf('ejabberd_service')} />
          <Textarea
            {...inputOf('ejabberd_ca')}
            autosize
            classNames={{ input: styles.pem ?? '' }}
            maxRows={8}
            minRows={2}
          />
        </div>
        <div aria-live="polite" className={styles.outcome}>
          {tried && tried.problem === undefined && <p className={shared.ok}>{text.works(tried.ms)}</p>}
          {tried?.problem !== undefined && (
            <p className={shared.bad}>
              {text.fails(tried.ms)} {tried.field === undefined ? tried.problem : label(tried.field)}
            </p>
          )}
        </div>
        <div className={shared.foot}>
          <Button loading={running === 'test'} onClick={() => void test()} variant="default">
            {text.test}
          </Button>
          {changed.length > 0 && (
            <p className={styles.unsaved}>{text.unsaved(changed.map(label).join(', '))}</p>
          )}
          <span className={shared.push} />
          {changed.length > 0 && (
            <Button
              onClick={() => {
                setValues(saved);
                setReplacing(saved[SECRET] === '');
                setTried(undefined);
              }}
              variant="default"
            >
              {text.discard}
            </Button>
          )}
          {changed.length > 0 && (
            <Button loading={running === 'save'} type="submit">
              {common.save}
            </Button>
          )}
        </div>
      </div>
      {values.ejabberd_api_url !== '' && (
        <div className={styles.snippet}>
          <p className={shared.second}>{text.snippetHelp}</p>
          <CodeBlock
            shown={permissionsFor(values.ejabberd_admin_jid)}
            title={text.snippetTitle}
            what={text.snippet}
          />
        </div>
      )}
    </form>
  );
}
