import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type GetBotCommandsAnswer, setBotCommands } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { type Bot, commandsQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { DeleteIcon, PlusIcon, SlashIcon } from '../../../ui/icons.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { useUnsaved } from '../../../ui/unsaved.ts';
import styles from './bot-detail.module.css';

/** The commands a bot shows to people. */
export function Commands({ bot: { id } }: { bot: Bot }) {
  const query = useQuery(commandsQuery(id));
  return (
    <Answered query={query} skeleton={null}>
      {(commands) => <Editor commands={commands} id={id} key={JSON.stringify(commands)} />}
    </Answered>
  );
}

interface Line {
  key: number;
  command: string;
  description: string;
}
let lastKey = 0;
const lineOf = ({ command, description }: GetBotCommandsAnswer[number]): Line => {
  lastKey += 1;
  return { key: lastKey, command, description };
};

function Editor({ id, commands }: { id: number; commands: GetBotCommandsAnswer }) {
  const { bots, common } = useText();
  const text = bots.tabs.commands;
  const client = useQueryClient();
  const [lines, setLines] = useState(() => commands.map(lineOf));
  const [problem, setProblem] = useState<string>();
  const [isRunning, setRunning] = useState(false);
  const wanted = lines.map(({ command, description }) => ({
    command: command.trim().replace(/^\//, ''),
    description: description.trim(),
  }));
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(commands);
  useUnsaved(isChanged);

  const problemOf = (index: number): string | undefined => {
    const command = wanted[index]?.command ?? '';
    if (!/^[a-z0-9_]{1,32}$/.test(command)) return text.invalid;
    return wanted.findIndex((other) => other.command === command) < index ? text.twice : undefined;
  };
  const areSound = lines.every((_, index) => problemOf(index) === undefined);
  const change = (key: number, part: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));

  async function save() {
    setRunning(true);
    setProblem(undefined);
    try {
      await setBotCommands(engine, { id, commands: wanted });
      await client.invalidateQueries({ queryKey: commandsQuery(id).queryKey });
      toast(common.saved);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setRunning(false);
  }

  const add = (
    <Button
      leftSection={<PlusIcon size={16} />}
      onClick={() => setLines([...lines, lineOf({ command: '', description: '' })])}
      variant="default"
    >
      {text.add}
    </Button>
  );
  if (lines.length === 0 && !isChanged)
    return (
      <Empty actions={add} icon={<SlashIcon size={24} />} title={text.emptyTitle}>
        {text.emptyBody}
      </Empty>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (areSound) void save();
      }}
    >
      <p className={styles.lead}>{text.help}</p>
      {lines.map(({ key, command, description }, index) => (
        <div className={styles.command} key={key}>
          <TextInput
            aria-label={text.command}
            autoFocus={command === ''}
            error={command === '' ? undefined : problemOf(index)}
            leftSection="/"
            onChange={(event) => change(key, { command: event.currentTarget.value.replace(/^\//, '') })}
            placeholder={text.command}
            spellCheck={false}
            value={command}
          />
          <TextInput
            aria-label={text.description}
            onChange={(event) => change(key, { description: event.currentTarget.value })}
            placeholder={text.description}
            value={description}
          />
          <ActionIcon
            aria-label={text.remove(command)}
            color="gray"
            onClick={() => setLines(lines.filter((line) => line.key !== key))}
            size={36}
            variant="subtle"
          >
            <DeleteIcon size={16} />
          </ActionIcon>
        </div>
      ))}
      {add}
      {isChanged && (
        <div className={styles.saved}>
          <span role={problem === undefined ? undefined : 'alert'}>{problem ?? text.changed}</span>
          <Button onClick={() => setLines(commands.map(lineOf))} variant="default">
            {text.discard}
          </Button>
          <Button disabled={!areSound} loading={isRunning} type="submit">
            {common.save}
          </Button>
        </div>
      )}
    </form>
  );
}
