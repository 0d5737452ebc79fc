import { Button, CopyButton, Title } from '@mantine/core';
import type { HealthFinding } from '../../../src-shared/client/types.ts';
import { useText } from '../../text/use-text.ts';
import { Section } from '../../ui/card.tsx';
import { CheckIcon, CopyIcon, InfoIcon, RefreshIcon } from '../../ui/icons.tsx';
import { Accounts, Engine } from './facts.tsx';
import { FindingNotice } from './finding-notice.tsx';
import styles from './health.module.css';

interface HealthPageProps {
  findings: readonly HealthFinding[];
  /** What is shown may be out of date. */
  isLost: boolean;
  isChecking: boolean;
  onCheck: () => void;
}

const keyOf = ({ code, account, bot_id, title }: HealthFinding) => `${code} ${account} ${bot_id} ${title}`;

/** The page once the engine has answered: what needs you, then what is fine. */
export function HealthPage({ findings, isLost, isChecking, onCheck }: HealthPageProps) {
  const { health: text, common } = useText();
  const of = (level: HealthFinding['level']) => findings.filter((finding) => finding.level === level);
  const [wrong, warnings, notes, fine] = [of('error'), of('warning'), of('note'), of('ok')];
  const report = findings
    .map(({ level, title, detail, fix }) =>
      [`[${level}] ${title}`, detail, fix && `> ${fix.cli}`].filter(Boolean).join('\n  '),
    )
    .join('\n');
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <Title order={1}>{text.page.title}</Title>
          <p className={styles.summary}>
            {text.page.checks(findings.length)}.{' '}
            {wrong.length + warnings.length === 0 && !isLost && text.page.allWell}
            {wrong.length > 0 && <span className={styles.bad}>{text.page.problems(wrong.length)}</span>}
            {wrong.length > 0 && warnings.length > 0 && ', '}
            {warnings.length > 0 && (
              <span className={styles.warn}>{text.page.warnings(warnings.length)}</span>
            )}
          </p>
        </div>
        <CopyButton timeout={2_000} value={report}>
          {({ copied, copy }) => (
            <Button leftSection={<CopyIcon />} onClick={copy} variant="default">
              {copied ? common.copied : common.copy(text.page.copyReport)}
            </Button>
          )}
        </CopyButton>
        <Button leftSection={<RefreshIcon />} loading={isChecking} onClick={onCheck}>
          {text.page.checkAgain}
        </Button>
      </header>
      {wrong.length + warnings.length > 0 && (
        <Section title={text.needsYou.title}>
          {[...wrong, ...warnings].map((finding) => (
            <FindingNotice finding={finding} key={keyOf(finding)} />
          ))}
        </Section>
      )}
      {notes.length > 0 && (
        <Section title={text.worthKnowing}>
          {notes.map((finding) => (
            <FindingNotice finding={finding} key={keyOf(finding)} />
          ))}
        </Section>
      )}
      <div className={styles.columns}>
        <Engine isLost={isLost} />
        <Accounts />
      </div>
      {fine.length > 0 && (
        <Section title={text.fine}>
          {fine.map((finding) => (
            <div className={styles.fine} key={keyOf(finding)}>
              <span className={styles.ok}>{isLost ? <InfoIcon /> : <CheckIcon />}</span>
              <p>{finding.title}</p>
            </div>
          ))}
        </Section>
      )}
    </div>
  );
}
