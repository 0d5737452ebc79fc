import { Button, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { changeChat } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { paths } from '../../../places.ts';
import { botsQuery } from '../../../queries/bots.ts';
import { placeChat } from '../../../queries/chats.ts';
import { useText } from '../../../text/use-text.ts';
import { CopyAction, Mono } from '../../../ui/copy-text.tsx';
import { BotIcon } from '../../../ui/icons.tsx';
import { toastProblem } from '../../../ui/toasts.tsx';
import { ChatMark, dotOf } from '../chat-mark.tsx';
import { lockWords, stateWords } from '../list/row-name.ts';
import styles from './side-panel.module.css';

/** Who this is. */
export function InfoPanel({ chat }: { chat: Chat }) {
  const text = useText();
  const words = text.chats.panel;
  const client = useQueryClient();
  const [, go] = useLocation();
  const { data: bot } = useQuery({
    ...botsQuery,
    select: (bots) => bots.find(({ id }) => id === chat.bot_id),
  });
  const { account, jid, bot_id } = chat;
  const mute = useMutation({
    mutationFn: (muted: boolean) => changeChat(engine, { account, jid, muted }),
    onSuccess: (changed) => placeChat(client, chat, changed),
    onError: toastProblem,
  });
  const state = stateWords(chat, text);
  return (
    <>
      <div className={styles.who}>
        <ChatMark chat={chat} dot={dotOf(chat)} ground="list" />
        <h3>
          <bdi>{chat.name}</bdi>
        </h3>
        {state && <span>{state}</span>}
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{words.address}</dt>
          <dd>
            <Mono>{jid}</Mono>
            <CopyAction value={jid} what={words.address} />
          </dd>
        </div>
        <div>
          <dt>{words.kind}</dt>
          <dd>{words.kinds[chat.kind]}</dd>
        </div>
        {bot && bot.description !== '' && (
          <div>
            <dt>{words.about}</dt>
            <dd>{bot.description}</dd>
          </div>
        )}
        <div>
          <dt>{words.encryption}</dt>
          <dd>{lockWords(chat, text)}</dd>
        </div>
        <div>
          <dt>{words.through}</dt>
          <dd>{account}</dd>
        </div>
      </dl>
      <Switch
        checked={!chat.muted}
        label={words.notify}
        onChange={(event) => mute.mutate(!event.currentTarget.checked)}
      />
      {bot_id !== null && (
        <Button
          fullWidth
          leftSection={<BotIcon size={16} />}
          mt="xl"
          onClick={() => go(paths.bot(bot_id))}
          variant="default"
        >
          {words.openBot}
        </Button>
      )}
      {chat.kind === 'self' && (
        <Button
          fullWidth
          leftSection={<BotIcon size={16} />}
          mt="xl"
          onClick={() => go(paths.bots)}
          variant="default"
        >
          {text.shell.manageBots}
        </Button>
      )}
    </>
  );
}
