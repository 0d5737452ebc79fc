import { Table } from '@mantine/core';
import type { AiUse } from '../../../../src-shared/api/ai.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import styles from './usage.module.css';
import { dateOfDay } from './usage-days.ts';

/** The numbers of the chart: the days on which something was asked, the newest first. */
export function UsageTable({ days }: { days: AiUse['days'] }) {
  const { columns } = useText().bots.ai.use;
  const language = useLanguage();
  const { format } = new Intl.NumberFormat(language);
  const date = new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short' });
  const asked = days.filter(({ calls }) => calls > 0).toSorted((a, b) => (a.day < b.day ? 1 : -1));
  return (
    <Table borderColor="var(--bm-line)" className={styles.table ?? ''}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{columns.day}</Table.Th>
          {[columns.answers, columns.failed, columns.input, columns.output].map((name) => (
            <Table.Th className={styles.number ?? ''} key={name}>
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {asked.map(({ day, answers, failed, tokens }) => (
          <Table.Tr key={day}>
            <Table.Td>{date.format(dateOfDay(day))}</Table.Td>
            <Table.Td className={styles.number ?? ''}>{format(answers)}</Table.Td>
            <Table.Td className={styles.number ?? ''}>{format(failed)}</Table.Td>
            <Table.Td className={styles.number ?? ''}>{format(tokens.input)}</Table.Td>
            <Table.Td className={styles.number ?? ''}>{format(tokens.output)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
