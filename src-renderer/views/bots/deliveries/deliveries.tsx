import { Button, SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { replayDeliveries } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { DELIVERY_LISTS, type DeliveryList as ListName } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { ReplayIcon } from '../../../ui/icons.tsx';
import { toast, toastProblem } from '../../../ui/toasts.tsx';
import { DeliveryList } from './delivery-list.tsx';
import styles from './webhook.module.css';

/** The updates on their way to a webhook, and what became of those before. */
export function Deliveries({ id, deadLetters }: { id: number; deadLetters: number }) {
  const { webhook: text } = useText().bots;
  const client = useQueryClient();
  const [list, setList] = useState<ListName>('open');

  /** Without numbers: all that were given up. */
  async function replay(updateIds?: number[]) {
    try {
      const { replayed, left } = await replayDeliveries(engine, {
        id,
        ...(updateIds && { update_ids: updateIds }),
      });
      toast(left > 0 ? `${text.replayed(replayed)}. ${text.noRoom(left)}` : text.replayed(replayed));
    } catch (error) {
      toastProblem(error as Error);
    }
    await client.invalidateQueries({ queryKey: ['bot', id] });
  }
  return (
    <section className={styles.deliveries}>
      <header className={styles.bar}>
        <SegmentedControl
          aria-label={text.list}
          data={(Object.keys(DELIVERY_LISTS) as ListName[]).map((value) => ({
            value,
            label:
              value === 'dead' && deadLetters > 0 ? `${text.lists[value]} ${deadLetters}` : text.lists[value],
          }))}
          onChange={(value) => setList(value as ListName)}
          value={list}
        />
        {list === 'dead' && deadLetters > 0 && (
          <Button leftSection={<ReplayIcon size={16} />} onClick={() => void replay()} variant="default">
            {text.replayAll(deadLetters)}
          </Button>
        )}
      </header>
      <DeliveryList id={id} key={list} list={list} onReplay={replay} />
    </section>
  );
}
