import { Button, Group, Modal, PasswordInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addBotRoom, removeBotRoom } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { type Bot, roomsQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import type { DotState } from '../../../ui/dot-state.ts';
import { Empty } from '../../../ui/empty.tsx';
import { PlusIcon } from '../../../ui/icons.tsx';
import { RoomMark } from '../../../ui/marks.tsx';
import { Popconfirm } from '../../../ui/popconfirm.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import styles from './bot-detail.module.css';

const DOTS: Record<'joined' | 'joining' | 'away' | 'out', DotState> = {
  joined: 'on',
  joining: 'connecting',
  away: 'waiting',
  out: 'off',
};

/** The rooms of a bot, those that it is not in any more included, with why. */
export function Rooms({ bot: { id } }: { bot: Bot }) {
  const { bots } = useText();
  const text = bots.tabs.rooms;
  const client = useQueryClient();
  const query = useQuery(roomsQuery(id));
  const [isJoining, setJoining] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: roomsQuery(id).queryKey });

  async function leave(room: string) {
    await removeBotRoom(engine, { id, room }).finally(refresh);
  }
  const join = (
    <Button leftSection={<PlusIcon size={16} />} onClick={() => setJoining(true)} variant="default">
      {text.join}
    </Button>
  );
  return (
    <>
      <Answered query={query} skeleton={null}>
        {(rooms) =>
          rooms.length === 0 ? (
            <Empty actions={join} title={text.emptyTitle}>
              {text.emptyBody}
            </Empty>
          ) : (
            <>
              <div className={styles.bar}>
                <span />
                {join}
              </div>
              <ul className={styles.rows}>
                {rooms.map(
                  ({
                    room,
                    name,
                    nick,
                    state,
                    reason,
                    problem,
                    encrypted,
                    subject,
                    occupants,
                    unreached,
                  }) => (
                    <li key={room}>
                      <RoomMark name={name ?? room} />
                      <div className={styles.grow}>
                        <strong>
                          <bdi>{name ?? room}</bdi>
                        </strong>
                        <p>
                          <bdi>{room}</bdi> · {nick}
                          {subject !== null && subject !== '' && ` · ${subject}`}
                        </p>
                        {problem !== null && <p className={styles.bad}>{problem}</p>}
                        {unreached.length > 0 && (
                          <p className={styles.warn}>{text.unreached(unreached.join(', '))}</p>
                        )}
                      </div>
                      <span className={styles.small}>
                        <StateDot state={DOTS[state]} /> {text.states[state]}
                        {reason !== null && `: ${text.reasons[reason]}`}
                        {state === 'joined' && ` · ${text.occupants(occupants.length)}`}
                        {encrypted !== null && ` · ${encrypted ? text.encrypted : text.clear}`}
                      </span>
                      <Popconfirm
                        action={text.leave}
                        body={text.leaveBody}
                        label={text.leaveOf(room)}
                        run={() => leave(room)}
                      />
                    </li>
                  ),
                )}
              </ul>
            </>
          )
        }
      </Answered>
      {isJoining && <Join id={id} onClose={() => setJoining(false)} onJoined={() => void refresh()} />}
    </>
  );
}

function Join({ id, onClose, onJoined }: { id: number; onClose: () => void; onJoined: () => void }) {
  const { bots, common } = useText();
  const text = bots.tabs.rooms;
  const [problem, setProblem] = useState<string>();
  const [isRunning, setRunning] = useState(false);
  const form = useForm({ initialValues: { room: '', nick: '', password: '' } });
  const join = form.onSubmit(async ({ room, nick, password }) => {
    setRunning(true);
    setProblem(undefined);
    try {
      await addBotRoom(engine, {
        id,
        room: room.trim(),
        ...(nick.trim() !== '' && { nick: nick.trim() }),
        ...(password !== '' && { password }),
      });
      onJoined();
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setRunning(false);
    }
  });
  return (
    <Modal centered onClose={onClose} opened title={text.join}>
      <form onSubmit={join}>
        <TextInput
          data-autofocus
          description={text.roomHelp}
          label={text.room}
          spellCheck={false}
          {...form.getInputProps('room')}
        />
        <TextInput description={text.nickHelp} label={text.nick} mt="md" {...form.getInputProps('nick')} />
        <PasswordInput
          autoComplete="off"
          description={text.passwordHelp}
          label={text.password}
          mt="md"
          {...form.getInputProps('password')}
        />
        {problem !== undefined && (
          <Text c="var(--bm-bad)" mt="md" role="alert" size="sm">
            {problem}
          </Text>
        )}
        <Group justify="flex-end" mt="xl">
          <Button onClick={onClose} variant="default">
            {common.cancel}
          </Button>
          <Button disabled={form.values.room.trim() === ''} loading={isRunning} type="submit">
            {text.join}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
