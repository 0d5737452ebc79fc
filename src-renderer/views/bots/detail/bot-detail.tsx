import { Button, Switch, Tabs, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import { paths } from '../../../places.ts';
import { useText } from '../../../text/use-text.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ChatIcon, LockIcon } from '../../../ui/icons.tsx';
import { MarkWithDot } from '../bot-list.tsx';
import { BotMenu } from '../bot-menu.tsx';
import { useBotActs } from '../use-bot-acts.tsx';
import type { BotRow } from '../use-bots.ts';
import styles from './bot-detail.module.css';
import { TabBar } from './tab-bar.tsx';

const TABS = {
  overview: lazy(async () => ({ default: (await import('./overview.tsx')).Overview })),
  commands: lazy(async () => ({ default: (await import('./commands.tsx')).Commands })),
  ai: lazy(async () => ({ default: (await import('../ai/ai.tsx')).Ai })),
  telegram: lazy(async () => ({ default: (await import('../telegram/telegram.tsx')).Telegram })),
  webhook: lazy(async () => ({ default: (await import('../deliveries/webhook.tsx')).Webhook })),
  updates: lazy(async () => ({ default: (await import('./updates.tsx')).Updates })),
  rooms: lazy(async () => ({ default: (await import('./rooms.tsx')).Rooms })),
  devices: lazy(async () => ({ default: (await import('./devices.tsx')).Devices })),
  settings: lazy(async () => ({ default: (await import('./bot-settings.tsx')).BotSettings })),
  audit: lazy(async () => ({ default: (await import('./audit.tsx')).Audit })),
};
type TabName = keyof typeof TABS;
const isTab = (name: string | undefined): name is TabName => name !== undefined && Object.hasOwn(TABS, name);

/** One bot, with everything there is to know and to do about it. */
export function BotDetail({ row, tab }: { row: BotRow | undefined; tab: string | undefined }) {
  const { bots } = useText();
  if (!row)
    return (
      <Empty
        actions={
          <Button component={Link} href={paths.bots}>
            {bots.empty.noneFoundAction}
          </Button>
        }
        title={bots.empty.gone}
      />
    );
  return <Known row={row} tab={isTab(tab) ? tab : 'overview'} />;
}

function Known({ row, tab }: { row: BotRow; tab: TabName }) {
  const text = useText();
  const { bots } = text;
  const acts = useBotActs();
  const [, go] = useLocation();
  const { bot, state } = row;
  const isFailing = bot.webhook?.state === 'failing';
  const Shown = TABS[tab];
  return (
    <>
      <header className={styles.head}>
        <MarkWithDot row={row} size={56} />
        <div className={styles.names}>
          <Title order={1}>
            <bdi>{bot.name}</bdi>
          </Title>
          <p>
            <span className={styles.mode}>
              {bot.mode === 'dedicated' && <LockIcon size={13} />}
              {text.common.modes[bot.mode]}
            </span>
            <span className={state.needsPerson ? styles.bad : ''}>{state.words}</span>
          </p>
        </div>
        <Button
          className={styles.chat ?? ''}
          leftSection={<ChatIcon size={16} />}
          onClick={() => acts.chat(bot)}
          variant="default"
        >
          {bots.actions.chat}
        </Button>
        <Switch
          aria-label={bots.switchOf(bot.name)}
          checked={bot.status === 'active'}
          disabled={bot.mode === 'cloud'}
          onChange={(event) => void acts.setActive(bot, event.currentTarget.checked)}
          size="md"
        />
        <BotMenu bot={bot} />
      </header>
      <Tabs
        className={styles.tabs ?? ''}
        keepMounted={false}
        onChange={(name) => go(paths.bot(bot.id, name ?? undefined))}
        value={tab}
      >
        <TabBar
          label={bots.tabs.label}
          onOpen={(name) => go(paths.bot(bot.id, name))}
          open={tab}
          tabs={(Object.keys(TABS) as TabName[]).map((name) => ({
            name,
            label: bots.tabs.names[name],
            ...(name === 'webhook' &&
              isFailing && {
                badge: {
                  shown: <b className={styles.count}>{bot.waiting_updates}</b>,
                  words: bots.tabs.failing(bot.waiting_updates),
                },
              }),
          }))}
        />
        <Tabs.Panel className={styles.panel ?? ''} tabIndex={0} value={tab}>
          <div className={styles.page}>
            <Suspense fallback={null}>
              <Shown bot={bot} />
            </Suspense>
          </div>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
