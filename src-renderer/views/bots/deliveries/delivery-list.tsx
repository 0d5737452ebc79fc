import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DELIVERY_LISTS, deliveriesQuery, type DeliveryList as ListName } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { ProblemPage } from '../../../ui/problem-page.tsx';
import { DeliveryRow } from './delivery-row.tsx';
import { SelectedBar } from './selected-bar.tsx';
import styles from './webhook.module.css';

type State = (typeof DELIVERY_LISTS)[ListName][number];

interface DeliveryListProps {
  id: number;
  list: ListName;
  onReplay: (updateIds: number[]) => Promise<void>;
}

/** The deliveries of a kind; those that were given up can be chosen, to go out again together. */
export function DeliveryList({ id, list, onReplay }: DeliveryListProps) {
  const { webhook: text } = useText().bots;
  const [open, setOpen] = useState<number>();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const states: readonly State[] = DELIVERY_LISTS[list];
  const first = useInfiniteQuery(deliveriesQuery(id, states[0] ?? 'waiting'));
  const second = useInfiniteQuery({
    ...deliveriesQuery(id, states[1] ?? 'waiting'),
    enabled: states.length > 1,
  });
  const queries = states.length > 1 ? [first, second] : [first];
  const rows = queries
    .flatMap(({ data }) => data?.pages.flatMap((page) => page.deliveries) ?? [])
    .sort((one, other) => (list === 'open' ? 1 : -1) * (one.update_id - other.update_id));
  const failed = queries.find(({ error }) => error !== null);
  if (rows.length === 0 && failed?.error)
    return (
      <ProblemPage
        error={failed.error}
        isTrying={failed.isFetching}
        onRetry={() => void Promise.all(queries.map(({ refetch }) => refetch()))}
      />
    );
  if (rows.length === 0)
    return queries.some(({ isPending }) => isPending) ? null : (
      <p className={styles.none}>{text.emptyLists[list]}</p>
    );
  const more = queries.find(({ hasNextPage }) => hasNextPage);
  const ids = rows.map(({ update_id }) => update_id);
  // What has gone out again meanwhile, is chosen no more.
  const selected = ids.filter((one) => chosen.has(one));
  const choose = (one: number, isChosen: boolean) =>
    setChosen(new Set(isChosen ? [...selected, one] : selected.filter((other) => other !== one)));
  return (
    <>
      {list === 'dead' && (
        <SelectedBar
          onAll={(areChosen) => setChosen(new Set(areChosen ? ids : []))}
          onReplay={() => onReplay(selected)}
          selected={selected.length}
          shown={ids.length}
        />
      )}
      <ul className={styles.list}>
        {rows.map((delivery) => (
          <DeliveryRow
            delivery={delivery}
            id={id}
            isOpen={open === delivery.update_id}
            key={delivery.update_id}
            onReplay={() => void onReplay([delivery.update_id])}
            onToggle={() => setOpen(open === delivery.update_id ? undefined : delivery.update_id)}
            {...(list === 'dead' && {
              isChosen: chosen.has(delivery.update_id),
              onChoose: (isChosen: boolean) => choose(delivery.update_id, isChosen),
            })}
          />
        ))}
      </ul>
      {more && (
        <Button
          loading={more.isFetchingNextPage}
          mt="md"
          onClick={() => void more.fetchNextPage()}
          variant="default"
        >
          {text.more}
        </Button>
      )}
    </>
  );
}
