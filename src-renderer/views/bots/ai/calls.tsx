import { Table, Title } from '@mantine/core';
import { useState } from 'react';
import type { AiUse } from '../../../../src-shared/api/ai.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { useWhen } from '../../../ui/use-when.ts';
import { fullDateOf } from '../../../ui/when.ts';
import detail from '../detail/bot-detail.module.css';
import { cardName } from './providers.ts';
import { useTook } from './test-result.tsx';
import styles from './usage.module.css';

const FIRST = 8;

/** The newest questions, and what became of each in words. */
export function Calls({ calls }: { calls: AiUse['calls'] }) {
  const all = useText();
  const { use: text } = all.bots.ai;
  const language = useLanguage();
  const { format } = new Intl.NumberFormat(language);
  const when = useWhen();
  const took = useTook();
  const [areAll, setAll] = useState(false);
  const columns = text.callColumns;
  return (
    <>
      <Title className={detail.subhead ?? ''} order={3}>
        {text.calls}
      </Title>
      <Table borderColor="var(--bm-line)" className={styles.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.when}</Table.Th>
            <Table.Th className={styles.roomy ?? ''}>{columns.source}</Table.Th>
            <Table.Th className={styles.wide ?? ''}>{columns.model}</Table.Th>
            <Table.Th className={styles.number ?? ''}>{columns.tokens}</Table.Th>
            <Table.Th className={`${styles.number} ${styles.roomy}`}>{columns.ms}</Table.Th>
            <Table.Th>{columns.outcome}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(areAll ? calls : calls.slice(0, FIRST)).map((call) => (
            <Table.Tr key={`${call.at} ${call.request_id}`}>
              <Table.Td title={fullDateOf(call.at, language)}>
                {when(call.at)}
                <small className={styles.narrow}>{text.sources[call.source]}</small>
              </Table.Td>
              <Table.Td className={styles.roomy ?? ''}>{text.sources[call.source]}</Table.Td>
              <Table.Td>
                {cardName(call.provider, all)} <span className={styles.model}>{call.model}</span>
              </Table.Td>
              <Table.Td className={styles.number ?? ''}>
                <span title={call.is_estimate ? text.estimated : undefined}>
                  {call.is_estimate && '≈ '}
                  {format(call.tokens.input + call.tokens.output)}
                </span>
                <small className={styles.narrow}>{took(call.ms)}</small>
              </Table.Td>
              <Table.Td className={`${styles.number} ${styles.roomy}`}>{took(call.ms)}</Table.Td>
              <Table.Td className={outcomeStyle(call.outcome)}>{text.outcomes[call.outcome]}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {!areAll && calls.length > FIRST && (
        <button className={styles.more} onClick={() => setAll(true)} type="button">
          {text.more(calls.length)}
        </button>
      )}
    </>
  );
}

function outcomeStyle(outcome: AiUse['calls'][number]['outcome']): string {
  if (outcome === 'answered') return styles.ok ?? '';
  return outcome === 'stopped' ? '' : (styles.bad ?? '');
}
