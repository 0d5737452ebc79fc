import { Switch, Table } from '@mantine/core';
import { useRef, useState } from 'react';
import { useBotPicture } from '../../queries/bots.ts';
import { useSetting } from '../../queries/settings.ts';
import { useText } from '../../text/use-text.ts';
import { Address } from '../../ui/address.tsx';
import { CopyAction } from '../../ui/copy-text.tsx';
import { BotMark } from '../../ui/marks.tsx';
import { usePageKeys } from '../../ui/page-keys.ts';
import { StateDot } from '../../ui/state-dot.tsx';
import { masked } from '../../ui/token-field.tsx';
import { useWhen } from '../../ui/use-when.ts';
import { Spark } from './activity.tsx';
import { BotMenu } from './bot-menu.tsx';
import styles from './bot-table.module.css';
import { useBotActs } from './use-bot-acts.tsx';
import type { BotRow } from './use-bots.ts';

type Column = 'bot' | 'state' | 'lastActive';
const ORDERS: Record<Column, (one: BotRow, other: BotRow) => number> = {
  bot: (one, other) => one.bot.name.localeCompare(other.bot.name),
  state: (one, other) => one.state.words.localeCompare(other.state.words),
  lastActive: (one, other) => (other.bot.last_active ?? 0) - (one.bot.last_active ?? 0),
};

/** Every bot with what it is and does; a row opens it, and keys act on the row that has the focus. */
export function BotTable({ rows }: { rows: readonly BotRow[] }) {
  const { bots } = useText();
  const acts = useBotActs();
  const areKeysOn = useSetting('window_single_keys');
  const [order, setOrder] = useState<Column>();
  const body = useRef<HTMLTableSectionElement>(null);
  const sorted = order === undefined ? rows : [...rows].sort(ORDERS[order]);

  const focused = () => {
    const all = [...(body.current?.rows ?? [])];
    const index = all.findIndex((row) => row.contains(document.activeElement));
    return { all, index, row: sorted[index] };
  };
  const move = (by: number) => {
    const { all, index } = focused();
    all[Math.max(0, Math.min(all.length - 1, index < 0 ? 0 : index + by))]?.focus();
  };
  const onRow = (act: (row: BotRow) => void) => () => {
    const { row } = focused();
    if (row) act(row);
  };
  usePageKeys([
    ['ArrowDown', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['Delete', onRow(({ bot }) => acts.remove(bot))],
  ]);
  usePageKeys(
    [
      ['j', () => move(1)],
      ['k', () => move(-1)],
      ['r', onRow(({ bot }) => acts.regenerate(bot))],
      ['w', onRow(({ bot }) => acts.open(bot, 'webhook'))],
    ],
    areKeysOn,
  );

  const head = (column: Column) => (
    <Table.Th
      className={column === 'lastActive' ? (styles.lastActive ?? '') : ''}
      aria-sort={order === column ? 'ascending' : 'none'}
    >
      <button
        className={styles.sort}
        onClick={() => setOrder(order === column ? undefined : column)}
        type="button"
      >
        {bots.columns[column]}
        {order === column && ' ↓'}
      </button>
    </Table.Th>
  );
  return (
    <Table borderColor="var(--bm-line)" className={styles.table ?? ''} stickyHeader>
      <Table.Thead>
        <Table.Tr>
          {head('bot')}
          {head('state')}
          <Table.Th className={styles.token ?? ''}>{bots.columns.token}</Table.Th>
          <Table.Th className={styles.spark ?? ''}>{bots.columns.day}</Table.Th>
          {head('lastActive')}
          <Table.Th>{bots.columns.on}</Table.Th>
          <Table.Th aria-label={bots.columns.actions} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody ref={body}>
        {sorted.map((row) => (
          <Row key={row.bot.id} row={row} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ row: { bot, state } }: { row: BotRow }) {
  const text = useText();
  const { bots } = text;
  const when = useWhen();
  const picture = useBotPicture(bot);
  const acts = useBotActs();
  const { id, name, mode, owner, jid, token, last_active } = bot;
  return (
    <Table.Tr
      className={styles.row ?? ''}
      onClick={(event) => {
        // A control in the row does its own.
        if (!(event.target as HTMLElement).closest('button, label, a, [role="menu"]')) acts.open(bot);
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return;
        if (event.key === 'Enter') acts.open(bot);
        if (event.key === ' ') {
          event.preventDefault();
          void acts.setActive(bot, bot.status === 'disabled');
        }
      }}
      tabIndex={0}
    >
      <Table.Td>
        <span className={styles.bot}>
          <BotMark id={id} name={name} picture={picture} size={40} />
          <span className={styles.names}>
            <bdi className={styles.name} title={name}>
              {name}
            </bdi>
            <small>{bots.id(id, text.common.modes[mode])}</small>
          </span>
        </span>
      </Table.Td>
      <Table.Td>
        <span className={styles.state}>
          <StateDot state={state.dot} />
          <span className={styles.names}>
            <span className={state.needsPerson ? styles.bad : ''}>{state.words}</span>
            <small>
              <Address>{mode === 'dedicated' ? jid : bots.speaksAs(owner)}</Address>
            </small>
          </span>
        </span>
      </Table.Td>
      <Table.Td className={styles.token ?? ''}>
        {token ? (
          <span className={styles.tokenLine}>
            <code>{masked(token)}</code>
            <CopyAction value={token} what={bots.tokenOf(name)} />
          </span>
        ) : (
          <span className={styles.third}>{token === '' ? bots.noToken : bots.hiddenToken}</span>
        )}
      </Table.Td>
      <Table.Td className={styles.spark ?? ''}>
        <Spark id={id} />
      </Table.Td>
      <Table.Td className={`${styles.lastActive} ${styles.third}`}>
        {last_active === null ? bots.never : when(last_active)}
      </Table.Td>
      <Table.Td>
        <Switch
          aria-label={bots.switchOf(name)}
          checked={bot.status === 'active'}
          disabled={mode === 'cloud'}
          onChange={(event) => void acts.setActive(bot, event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <BotMenu bot={bot} />
      </Table.Td>
    </Table.Tr>
  );
}
