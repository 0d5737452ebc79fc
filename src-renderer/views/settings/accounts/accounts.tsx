import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { paths } from '../../../places.ts';
import { accountsQuery } from '../../../queries/accounts.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { AddPersonIcon, PeopleIcon } from '../../../ui/icons.tsx';
import { PageHead } from '../page-head.tsx';
import { AccountCard } from './account-card.tsx';

/** The accounts that are signed in here. */
export function Accounts() {
  const text = useText().settings.accounts;
  const query = useQuery(accountsQuery);
  const add = (
    <Button component={Link} href={paths.welcome} leftSection={<AddPersonIcon />}>
      {text.add}
    </Button>
  );
  return (
    <>
      <PageHead page="accounts">{query.data?.length ? add : null}</PageHead>
      <Answered query={query} skeleton={null}>
        {(accounts) =>
          accounts.length === 0 ? (
            <Empty actions={add} icon={<PeopleIcon size={24} />} title={text.emptyTitle}>
              {text.emptyBody}
            </Empty>
          ) : (
            accounts.map((account) => <AccountCard account={account} key={account.jid} />)
          )
        }
      </Answered>
    </>
  );
}
