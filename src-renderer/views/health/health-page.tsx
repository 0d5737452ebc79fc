import { Button, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Status } from '../../../src-shared/api/status.ts';
import { text } from '../../text.ts';
import { Notice, Row, Section } from '../../ui/card.tsx';
import { CommandLine, CopyAction, Mono } from '../../ui/copy-text.tsx';
import { CheckIcon, RefreshIcon, WarningIcon } from '../../ui/icons.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { BotTable } from './bot-table.tsx';
import { accountDot, type Finding, findingsOf } from './findings.ts';
import { FirstAccount, FirstBot } from './first-steps.tsx';
import styles from './health.module.css';

interface HealthPageProps {
  status: Status;
  /** What is shown may be out of date. */
  isLost: boolean;
  isChecking: boolean;
  onCheck: () => void;
}

/** The page once the engine has answered: what needs you, then what is fine. */
export function HealthPage({ status, isLost, isChecking, onCheck }: HealthPageProps) {
  const findings = findingsOf(status);
  const { accounts, bots } = status;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <Title order={1}>{text.health.title}</Title>
          <Summary findings={findings} isLost={isLost} status={status} />
        </div>
        <Button leftSection={<RefreshIcon />} loading={isChecking} onClick={onCheck} variant="default">
          {text.health.checkAgain}
        </Button>
      </header>
      <div aria-live="polite" className={styles.live}>
        {isLost && <Lost />}
      </div>
      {findings.length > 0 && <NeedsYou findings={findings} />}
      {accounts.length === 0 && <FirstAccount />}
      {accounts.length > 0 && bots.length === 0 && <FirstBot accounts={accounts} />}
      {bots.length > 0 && <BotTable status={status} />}
      <div className={styles.columns}>
        <Engine isLost={isLost} status={status} />
        <Accounts status={status} />
      </div>
    </div>
  );
}

function Summary({ findings, isLost, status }: { findings: Finding[]; isLost: boolean; status: Status }) {
  const of = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  const { problems, warnings } = text.health.notWell(of('bad'), of('warn'));
  const isOnline = status.accounts.some(({ state }) => state === 'online');
  const isWell = findings.length === 0 && isOnline && !isLost;
  return (
    <p className={styles.summary}>
      {text.health.counts(status.accounts.length, status.bots.length)} {isWell && text.health.allWell}
      {problems && <span className={styles.bad}>{problems}</span>}
      {problems && warnings && ', '}
      {warnings && <span className={styles.warn}>{warnings}</span>}
      {findings.length > 0 && '.'}
    </p>
  );
}

function Lost() {
  return (
    <div className={styles.lost}>
      <WarningIcon />
      <div>
        <strong>{text.lost.title}.</strong> {text.lost.body}
      </div>
    </div>
  );
}

function NeedsYou({ findings }: { findings: Finding[] }) {
  return (
    <Section title={text.needsYou.title}>
      {findings.map(({ key, level, title, explanation, command }) => (
        <Notice key={key} level={level} title={title}>
          <p>{explanation.join(' ')}</p>
          {command && <CommandLine command={command} what={text.needsYou.command} />}
        </Notice>
      ))}
    </Section>
  );
}

function Engine({ status, isLost }: { status: Status; isLost: boolean }) {
  const { engine } = text;
  const fine: ReactNode = (
    <span className={styles.ok}>
      <CheckIcon />
    </span>
  );
  return (
    <Section title={engine.title}>
      <Row
        label={isLost ? text.lost.title : engine.runs}
        mark={isLost ? <StateDot state="waiting" /> : fine}
        value={engine.version(status.version)}
      />
      <Row
        label={engine.api}
        mark={isLost ? <StateDot state="waiting" /> : fine}
        value={
          <>
            <Mono>{status.api_url}</Mono>
            <CopyAction value={status.api_url} what={engine.apiAddress} />
          </>
        }
      />
    </Section>
  );
}

function Accounts({ status: { accounts } }: { status: Status }) {
  return (
    <Section title={text.accounts.title}>
      {accounts.length === 0 && (
        <Row label={text.accounts.none} mark={<StateDot state="off" />} value={null} />
      )}
      {accounts.map(({ jid, state, bots }) => (
        <Row
          key={jid}
          label={<bdi>{jid}</bdi>}
          mark={<StateDot state={accountDot(state)} />}
          value={`${text.accounts.states[state]}, ${text.accounts.owns(bots)}`}
        />
      ))}
    </Section>
  );
}
