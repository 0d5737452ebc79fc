import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AuditRow } from '../../../src-shared/api/audit.ts';
import { auditOfAllQuery } from '../../queries/installation.ts';
import { useLanguage, useText } from '../../text/use-text.ts';
import { Answered } from '../../ui/answered.tsx';
import { AuditTable } from '../../ui/audit-table.tsx';
import { wordsOfRow } from '../../ui/audit-words.ts';
import { Empty } from '../../ui/empty.tsx';
import { AuditIcon, SearchIcon } from '../../ui/icons.tsx';
import styles from './data.module.css';
import { PageHead } from './page-head.tsx';

const OUTCOMES = ['all', 'ok', 'refused'] as const;
type Outcome = (typeof OUTCOMES)[number];

const fits = (row: AuditRow, words: string, wanted: string, outcome: Outcome) =>
  (outcome === 'all' || row.outcome === outcome) &&
  `${words} ${row.action} ${row.details} ${row.actor} ${row.ip_address} ${row.bot_id ?? ''}`
    .toLocaleLowerCase()
    .includes(wanted.trim().toLocaleLowerCase());

/** Who changed what in the whole installation. */
export function Audit() {
  const text = useText().settings.audit;
  const language = useLanguage();
  const query = useInfiniteQuery(auditOfAllQuery);
  const [wanted, setWanted] = useState('');
  const [outcome, setOutcome] = useState<Outcome>('all');
  return (
    <>
      <PageHead page="audit" />
      <Answered query={query} skeleton={null}>
        {({ pages }) => {
          const rows = pages.flat();
          const shown = rows.filter((row) => fits(row, wordsOfRow(text, language, row), wanted, outcome));
          if (rows.length === 0)
            return (
              <Empty icon={<AuditIcon size={24} />} title={text.emptyTitle}>
                {text.emptyBody}
              </Empty>
            );
          return (
            <>
              <div className={styles.tools}>
                <TextInput
                  aria-label={text.filter}
                  leftSection={<SearchIcon />}
                  onChange={(event) => setWanted(event.currentTarget.value)}
                  placeholder={text.filter}
                  type="search"
                  value={wanted}
                />
                <SegmentedControl
                  aria-label={text.outcome}
                  data={OUTCOMES.map((value) => ({ value, label: text.outcomes[value] }))}
                  onChange={(value) => setOutcome(value as Outcome)}
                  value={outcome}
                />
              </div>
              {shown.length === 0 ? (
                <p className={styles.none}>{text.noneFound}</p>
              ) : (
                <AuditTable rows={shown} withBots />
              )}
              {query.hasNextPage && (
                <Button
                  className={styles.more ?? ''}
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                  variant="default"
                >
                  {text.more}
                </Button>
              )}
            </>
          );
        }}
      </Answered>
    </>
  );
}
