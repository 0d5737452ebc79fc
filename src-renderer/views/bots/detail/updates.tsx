import { Button, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { type Bot, updatesQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { Address } from '../../../ui/address.tsx';
import { Answered } from '../../../ui/answered.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { useWhen } from '../../../ui/use-when.ts';
import styles from './bot-detail.module.css';

/** What waits for the program of a bot. */
export function Updates({ bot: { id } }: { bot: Bot }) {
  const { bots } = useText();
  const text = bots.tabs.updates;
  const when = useWhen();
  const query = useInfiniteQuery(updatesQuery(id));
  const [open, setOpen] = useState<number>();
  return (
    <Answered query={query} skeleton={null}>
      {({ pages }) => {
        const updates = pages.flatMap((page) => page.updates);
        if (updates.length === 0) return <Empty title={text.emptyTitle}>{text.emptyBody}</Empty>;
        return (
          <>
            <div className={styles.bar}>
              <p className={styles.small}>{text.help}</p>
              <strong>{text.waiting(pages[0]?.waiting ?? updates.length)}</strong>
            </div>
            <Table borderColor="var(--bm-line)" className={styles.table ?? ''} highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text.number}</Table.Th>
                  <Table.Th className={styles.type ?? ''}>{text.type}</Table.Th>
                  <Table.Th>{text.from}</Table.Th>
                  <Table.Th>{text.text}</Table.Th>
                  <Table.Th />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {updates.map(({ update_id, type, conversation, created_at, data }) => (
                  <Fragment key={update_id}>
                    <Table.Tr>
                      <Table.Td className={styles.tight ?? ''}>
                        <button
                          aria-expanded={open === update_id}
                          aria-label={`${text.whole} ${update_id}`}
                          className={styles.expand}
                          onClick={() => setOpen(open === update_id ? undefined : update_id)}
                          type="button"
                        >
                          {update_id}
                        </button>
                      </Table.Td>
                      <Table.Td className={`${styles.tight} ${styles.type}`}>{type}</Table.Td>
                      <Table.Td>
                        <Address>{conversation}</Address>
                      </Table.Td>
                      <Table.Td dir="auto">{String(data.body ?? data.reaction ?? '').slice(0, 120)}</Table.Td>
                      <Table.Td className={`${styles.tight} ${styles.small}`}>{when(created_at)}</Table.Td>
                    </Table.Tr>
                    {open === update_id && (
                      <Table.Tr>
                        <Table.Td colSpan={5}>
                          <CodeBlock
                            shown={JSON.stringify({ update_id, type, data }, null, 2)}
                            title={text.whole}
                            what={text.whole}
                          />
                        </Table.Td>
                      </Table.Tr>
                    )}
                  </Fragment>
                ))}
              </Table.Tbody>
            </Table>
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
