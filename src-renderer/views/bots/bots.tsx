import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { paths } from '../../places.ts';
import { errandsQuery } from '../../queries/bots.ts';
import { useText } from '../../text/use-text.ts';
import { Answered } from '../../ui/answered.tsx';
import { ListDetail } from '../../ui/list-detail.tsx';
import { BotList, BotStrip } from './bot-list.tsx';
import { BotsPage } from './bots-page.tsx';
import { BotsSkeleton } from './bots-skeleton.tsx';
import { CreateBot } from './create/create-bot.tsx';
import { BotDetail } from './detail/bot-detail.tsx';
import { useBots } from './use-bots.ts';

/** The Bot Manager: all bots as a table, or as a list beside the one that is open. */
export function Bots() {
  const text = useText().bots;
  const { id, tab } = useParams();
  const [, go] = useLocation();
  const { query, accounts, stateOf } = useBots();
  const { data: errands = [] } = useQuery(errandsQuery);
  const [owner, setOwner] = useState<string>();
  // What is behind the dialog stays where it is.
  const [behind, setBehind] = useState<string>(paths.bots);
  const isCreating = id === 'new';
  const close = () => go(behind);
  const create = () => {
    setBehind(id === undefined ? paths.bots : paths.bot(Number(id), tab));
    go(paths.newBot);
  };
  return (
    <>
      <Answered query={query} skeleton={<BotsSkeleton />}>
        {(bots) => {
          const rows = bots.map((bot) => ({ bot, state: stateOf(bot) }));
          if (id === undefined || isCreating)
            return (
              <BotsPage
                accounts={accounts}
                errands={errands.length}
                onCreate={create}
                onOwner={setOwner}
                owner={owner}
                rows={rows}
              />
            );
          const open = rows.find(({ bot }) => String(bot.id) === id);
          return (
            <ListDetail
              detail={<BotDetail key={id} row={open} tab={tab} />}
              label={text.title}
              list={<BotList onCreate={create} openId={open?.bot.id} rows={rows} tab={tab} />}
              strip={<BotStrip openId={open?.bot.id} rows={rows} tab={tab} />}
            />
          );
        }}
      </Answered>
      {isCreating && <CreateBot onClose={close} owner={owner} />}
    </>
  );
}
