import { Alert, Button, SegmentedControl, Select, TextInput, Title } from '@mantine/core';
import { useRef, useState } from 'react';
import type { GetAccountsAnswer } from '../../../src-shared/client/window.ts';
import { useSetting } from '../../queries/settings.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { PlusIcon, SearchIcon, WarningIcon } from '../../ui/icons.tsx';
import { usePageKeys } from '../../ui/page-keys.ts';
import { ApiLine } from './api-line.tsx';
import { BotTable } from './bot-table.tsx';
import { AccountSwitch, ServerLink } from './bots-head.tsx';
import styles from './bots-page.module.css';
import { NoBots } from './no-bots.tsx';
import { type BotRow, matches } from './use-bots.ts';

/** How many bots an owner may have (contract, section 5). */
const LIMIT = 20;

interface BotsPageProps {
  accounts: GetAccountsAnswer;
  rows: readonly BotRow[];
  /** Whose bots are wanted; undefined: of the first. */
  owner: string | undefined;
  onOwner: (owner: string) => void;
  /** Accounts of deleted bots that still stand on their server. */
  errands: number;
  onCreate: () => void;
}

type Filter = 'all' | 'dedicated' | 'personal' | 'attention';
const FILTERS: Record<Filter, (row: BotRow) => boolean> = {
  all: () => true,
  dedicated: ({ bot }) => bot.mode === 'dedicated',
  personal: ({ bot }) => bot.mode === 'personal',
  attention: ({ state }) => state.needsPerson || state.dot === 'waiting',
};

/** Whose bots there are: of those who are signed in here, and of others, who must be able to be looked after too. */
const ownersOf = (accounts: GetAccountsAnswer, rows: readonly BotRow[]): string[] => [
  ...new Set([...accounts.map(({ jid }) => jid), ...rows.map(({ bot }) => bot.owner)]),
];

/** All bots of an account, found by name, mode or trouble. */
export function BotsPage({ accounts, rows, owner, onOwner, errands, onCreate }: BotsPageProps) {
  const text = useText();
  const { bots } = text;
  const [wanted, setWanted] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const search = useRef<HTMLInputElement>(null);
  const areKeysOn = useSetting('window_single_keys');
  usePageKeys([['f', () => search.current?.focus()]], areKeysOn);
  usePageKeys([['mod+n', onCreate]]);

  const owners = ownersOf(accounts, rows);
  const open = owner !== undefined && owners.includes(owner) ? owner : owners[0];
  const account = accounts.find(({ jid }) => jid === open);
  const own = rows.filter(({ bot }) => bot.owner === open);
  const shown = own.filter((row) => FILTERS[filter](row) && matches(row.bot, wanted));
  const count = (name: Filter) => own.filter(FILTERS[name]).length;

  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Title order={1}>{bots.title}</Title>
        {owners.length > 1 && (
          <Select
            allowDeselect={false}
            aria-label={bots.account}
            data={owners}
            onChange={(jid) => jid !== null && onOwner(jid)}
            value={open ?? null}
            w={240}
          />
        )}
        {account && <AccountSwitch account={account} />}
        <ServerLink />
        <Button disabled={accounts.length === 0} leftSection={<PlusIcon />} onClick={onCreate}>
          {bots.new}
        </Button>
      </header>
      {account && !account.enabled && (
        <Alert className={styles.note ?? ''} color="yellow" icon={<WarningIcon />} variant="light">
          {bots.accountOff(account.jid)}
        </Alert>
      )}
      {open !== undefined && !account && (
        <Alert className={styles.note ?? ''} color="yellow" icon={<WarningIcon />} variant="light">
          {bots.ownerAway(open)}
        </Alert>
      )}
      {errands > 0 && (
        <Alert className={styles.note ?? ''} color="yellow" icon={<WarningIcon />} variant="light">
          {bots.errands(errands)}
        </Alert>
      )}
      {own.length > 0 && (
        <div className={styles.tools}>
          <TextInput
            aria-label={bots.find}
            className={styles.search ?? ''}
            leftSection={<SearchIcon />}
            onChange={(event) => setWanted(event.currentTarget.value)}
            placeholder={bots.find}
            ref={search}
            type="search"
            value={wanted}
          />
          <SegmentedControl
            aria-label={bots.filter}
            data={(Object.keys(FILTERS) as Filter[])
              .filter((name) => name !== 'attention' || count('attention') > 0)
              .map((name) => ({ value: name, label: `${bots.filters[name]} ${count(name)}` }))}
            onChange={(value) => setFilter(value as Filter)}
            value={filter === 'attention' && count('attention') === 0 ? 'all' : filter}
          />
          {open !== undefined && (
            <span className={styles.count}>{bots.ofAccount(own.length, LIMIT, open)}</span>
          )}
        </div>
      )}
      <div className={styles.rows}>
        {own.length === 0 && <NoBots hasAccount={accounts.length > 0} onCreate={onCreate} />}
        {own.length > 0 && shown.length === 0 && (
          <Empty
            actions={
              <Button
                onClick={() => {
                  setWanted('');
                  setFilter('all');
                }}
                variant="default"
              >
                {bots.empty.noneFoundAction}
              </Button>
            }
            title={bots.empty.noneFoundTitle}
          >
            {bots.empty.noneFoundBody}
          </Empty>
        )}
        {shown.length > 0 && <BotTable rows={shown} />}
      </div>
      <ApiLine />
    </div>
  );
}
