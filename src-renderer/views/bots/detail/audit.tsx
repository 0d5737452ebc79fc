import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { auditQuery, type Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { AuditTable } from '../../../ui/audit-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import styles from './bot-detail.module.css';

/** Who changed what about a bot, and what was refused. */
export function Audit({ bot: { id } }: { bot: Bot }) {
  const { bots } = useText();
  const text = bots.tabs.audit;
  const query = useInfiniteQuery(auditQuery(id));
  return (
    <Answered query={query} skeleton={null}>
      {({ pages }) => {
        const rows = pages.flat();
        if (rows.length === 0) return <Empty title={text.emptyTitle}>{text.help}</Empty>;
        return (
          <>
            <p className={styles.lead}>{text.help}</p>
            <AuditTable rows={rows} />
            {query.hasNextPage && (
              <Button
                loading={query.isFetchingNextPage}
                mt="md"
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
  );
}
