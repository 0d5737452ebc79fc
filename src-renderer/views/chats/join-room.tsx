import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { addBotRoom } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { paths } from '../../places.ts';
import { botsQuery } from '../../queries/bots.ts';
import { chatsQuery } from '../../queries/chats.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ChatIcon } from '../../ui/icons.tsx';
import styles from './join-room.module.css';

/** A link leads into a room: who is to come in, and as whom. Nobody does before a person says so. */
export function JoinRoom({ account, room }: { account: string; room: string }) {
  const { chats, bots: words } = useText();
  const text = chats.joinRoom;
  const client = useQueryClient();
  const [, go] = useLocation();
  const { data: all } = useQuery(botsQuery);
  const [chosen, choose] = useState<number>();
  const [nick, setNick] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isRunning, setRunning] = useState(false);
  if (all === undefined) return null;
  const bots = all
    .filter(({ owner }) => owner === account)
    .toSorted((a, b) => Number(a.mode === 'dedicated') - Number(b.mode === 'dedicated'));
  const bot = bots.find(({ id }) => id === chosen) ?? bots.find(({ status }) => status === 'active');

  async function join() {
    if (!bot) return;
    setRunning(true);
    setProblem(undefined);
    try {
      await addBotRoom(engine, {
        id: bot.id,
        room,
        ...(nick.trim() !== '' && { nick: nick.trim() }),
        ...(password !== '' && { password }),
      });
      // The conversations of an account are those it is in itself.
      if (bot.mode === 'dedicated') return go(paths.bot(bot.id, 'rooms'), { replace: true });
      await client.invalidateQueries({ queryKey: chatsQuery.queryKey });
      go(paths.chat(account, room), { replace: true });
    } catch (error) {
      setProblem((error as Error).message);
      setRunning(false);
    }
  }

  if (bots.length === 0)
    return (
      <Empty
        actions={<Button onClick={() => go(paths.newBot)}>{text.makeBot}</Button>}
        icon={<ChatIcon size={22} />}
        title={text.title(room)}
      >
        <p>{text.noBot}</p>
      </Empty>
    );
  return (
    <Empty icon={<ChatIcon size={22} />} title={text.title(room)}>
      <p>{text.body}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void join();
        }}
      >
        <NativeSelect
          data={bots.map(({ id, name, mode, status }) => ({
            value: String(id),
            label: `${mode === 'dedicated' ? text.dedicated(name) : text.personal(name)}${status === 'active' ? '' : ` (${text.off})`}`,
            disabled: status !== 'active',
          }))}
          label={text.bot}
          onChange={(event) => choose(Number(event.currentTarget.value))}
          value={String(bot?.id ?? '')}
        />
        <TextInput
          description={words.tabs.rooms.nickHelp}
          label={words.tabs.rooms.nick}
          onChange={(event) => setNick(event.currentTarget.value)}
          value={nick}
        />
        <PasswordInput
          autoComplete="off"
          description={words.tabs.rooms.passwordHelp}
          label={words.tabs.rooms.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          value={password}
        />
        {problem !== undefined && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <Button disabled={bot === undefined} fullWidth loading={isRunning} type="submit">
          {text.join}
        </Button>
      </form>
    </Empty>
  );
}
