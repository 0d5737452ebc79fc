import { Button, Switch, TextInput, Title, Tooltip } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { paths } from '../../places.ts';
import { useBotPicture } from '../../queries/bots.ts';
import { useSetting } from '../../queries/settings.ts';
import { useText } from '../../text/use-text.ts';
import { PlusIcon, SearchIcon } from '../../ui/icons.tsx';
import { BotMark } from '../../ui/marks.tsx';
import { usePageKeys } from '../../ui/page-keys.ts';
import { StateDot } from '../../ui/state-dot.tsx';
import { ApiLine } from './api-line.tsx';
import styles from './bot-list.module.css';
import { useBotActs } from './use-bot-acts.tsx';
import { type BotRow, matches } from './use-bots.ts';

interface BotListProps {
  rows: readonly BotRow[];
  openId: number | undefined;
  /** Stays open when another bot is chosen. */
  tab: string | undefined;
}

/** The bots beside the one that is open; `J` and `K` walk through them on the same tab. */
export function BotList({ rows, openId, tab, onCreate }: BotListProps & { onCreate: () => void }) {
  const { bots } = useText();
  const [wanted, setWanted] = useState('');
  const [, go] = useLocation();
  const search = useRef<HTMLInputElement>(null);
  const areKeysOn = useSetting('window_single_keys');
  const shown = rows.filter(({ bot }) => matches(bot, wanted));
  const walk = (by: number) => () => {
    const next = shown[shown.findIndex(({ bot }) => bot.id === openId) + by];
    if (next) go(paths.bot(next.bot.id, tab));
  };
  usePageKeys([
    ['mod+n', onCreate],
    ['Escape', () => go(paths.bots)],
  ]);
  usePageKeys(
    [
      ['j', walk(1)],
      ['k', walk(-1)],
      ['f', () => search.current?.focus()],
    ],
    areKeysOn,
  );
  return (
    <>
      <header className={styles.head}>
        <Title order={2} size="h1">
          <Link className={styles.all} href={paths.bots}>
            {bots.title}
          </Link>{' '}
          <small>{rows.length}</small>
        </Title>
        <Button leftSection={<PlusIcon size={16} />} onClick={onCreate} size="xs">
          {bots.new}
        </Button>
      </header>
      <TextInput
        aria-label={bots.find}
        className={styles.search ?? ''}
        leftSection={<SearchIcon />}
        onChange={(event) => setWanted(event.currentTarget.value)}
        placeholder={bots.find}
        ref={search}
        type="search"
        value={wanted}
        variant="filled"
      />
      <ul className={styles.list}>
        {shown.map((row) => (
          <Item isOpen={row.bot.id === openId} key={row.bot.id} row={row} tab={tab} />
        ))}
      </ul>
      <ApiLine />
    </>
  );
}

interface ItemProps {
  row: BotRow;
  isOpen: boolean;
  tab: string | undefined;
}

function Item({ row: { bot, state }, isOpen, tab }: ItemProps) {
  const { bots } = useText();
  const acts = useBotActs();
  return (
    <li className={styles.item} data-open={isOpen || undefined}>
      <Link aria-current={isOpen ? 'page' : undefined} className={styles.link} href={paths.bot(bot.id, tab)}>
        <MarkWithDot row={{ bot, state }} />
        <span className={styles.names}>
          <bdi className={styles.name} title={bot.name}>
            {bot.name}
          </bdi>
          <small>{bots.idState(bot.id, state.words)}</small>
        </span>
      </Link>
      <Switch
        aria-label={bots.switchOf(bot.name)}
        checked={bot.status === 'active'}
        disabled={bot.mode === 'cloud'}
        onChange={(event) => void acts.setActive(bot, event.currentTarget.checked)}
        size="sm"
      />
    </li>
  );
}

/** The bots where there is little room. */
export function BotStrip({ rows, openId, tab }: BotListProps) {
  return (
    <ul className={styles.strip} data-scrolls-sideways>
      {rows.map(({ bot, state }) => (
        <li key={bot.id}>
          <Tooltip label={`${bot.name} · ${state.words}`} position="right">
            <Link
              aria-current={bot.id === openId ? 'page' : undefined}
              aria-label={`${bot.name}, ${state.words}`}
              className={styles.link}
              href={paths.bot(bot.id, tab)}
            >
              <MarkWithDot row={{ bot, state }} />
            </Link>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

export function MarkWithDot({ row: { bot, state }, size = 40 }: { row: BotRow; size?: 40 | 56 }) {
  const picture = useBotPicture(bot);
  return (
    <span className={styles.mark}>
      <BotMark id={bot.id} name={bot.name} picture={picture} size={size} />
      <span className={styles.dot}>
        <StateDot state={state.dot} />
      </span>
    </span>
  );
}
