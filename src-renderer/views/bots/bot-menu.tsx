import { ActionIcon, Kbd, Menu } from '@mantine/core';
import type { Bot } from '../../queries/bots.ts';
import { useShownKeys } from '../../shell/keys.ts';
import { useText } from '../../text/use-text.ts';
import { ChatIcon, DeleteIcon, KeyIcon, MoreIcon, RevokeIcon, WebhookIcon } from '../../ui/icons.tsx';
import { useBotActs } from './use-bot-acts.tsx';

/** Everything that can be done with a bot. */
export function BotMenu({ bot }: { bot: Bot }) {
  const { bots } = useText();
  const shownKeys = useShownKeys();
  const acts = useBotActs();
  const { actions } = bots;
  return (
    <Menu position="bottom-end" shadow="md" width={240}>
      <Menu.Target>
        <ActionIcon aria-label={bots.actionsOf(bot.name)} color="gray" size={34} variant="subtle">
          <MoreIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<KeyIcon size={16} />}
          onClick={() => acts.regenerate(bot)}
          rightSection={<Kbd size="xs">R</Kbd>}
        >
          {actions.regenerate}
        </Menu.Item>
        <Menu.Item
          leftSection={<WebhookIcon size={16} />}
          onClick={() => acts.open(bot, 'webhook')}
          rightSection={<Kbd size="xs">W</Kbd>}
        >
          {actions.webhook}
        </Menu.Item>
        <Menu.Item leftSection={<ChatIcon size={16} />} onClick={() => acts.chat(bot)}>
          {actions.chat}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          c="var(--bm-bad)"
          disabled={bot.token === ''}
          leftSection={<RevokeIcon size={16} />}
          onClick={() => acts.revoke(bot)}
        >
          {actions.revoke}
        </Menu.Item>
        <Menu.Item
          c="var(--bm-bad)"
          leftSection={<DeleteIcon size={16} />}
          onClick={() => acts.remove(bot)}
          rightSection={<Kbd size="xs">{shownKeys('Del')}</Kbd>}
        >
          {actions.delete}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
