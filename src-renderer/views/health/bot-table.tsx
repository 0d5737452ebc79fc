import { Table } from '@mantine/core';
import type { Status } from '../../../src-shared/api/status.ts';
import { text } from '../../text.ts';
import { BotMark } from '../../ui/bot-mark.tsx';
import { Section } from '../../ui/card.tsx';
import { Mono } from '../../ui/copy-text.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { botState } from './findings.ts';
import styles from './health.module.css';

/** Every bot with what it does at this moment. */
export function BotTable({ status }: { status: Status }) {
  const { columns, modes } = text.bots;
  return (
    <Section title={text.bots.title}>
      <Table borderColor="var(--bm-line)" className={styles.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{columns.name}</Table.Th>
            <Table.Th>{columns.id}</Table.Th>
            <Table.Th className={styles.wide ?? ''}>{columns.mode}</Table.Th>
            <Table.Th>{columns.address}</Table.Th>
            <Table.Th>{columns.status}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {status.bots.map((bot) => {
            const { dot, words } = botState(bot, status);
            return (
              <Table.Tr key={bot.id}>
                <Table.Td>
                  <span className={styles.bot}>
                    <BotMark id={bot.id} name={bot.name} />
                    <bdi>{bot.name}</bdi>
                  </span>
                </Table.Td>
                <Table.Td className={styles.second ?? ''}>
                  <Mono>{String(bot.id)}</Mono>
                </Table.Td>
                <Table.Td className={`${styles.second} ${styles.wide}`}>{modes[bot.mode]}</Table.Td>
                <Table.Td className={`${styles.second} ${styles.address}`}>
                  <bdi>{bot.jid}</bdi>
                </Table.Td>
                <Table.Td>
                  <span className={styles.state}>
                    <StateDot state={dot} />
                    {words}
                  </span>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
