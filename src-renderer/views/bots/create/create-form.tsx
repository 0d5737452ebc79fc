import { Button, Group, Kbd, Radio, Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { addBot, type GetAccountsAnswer } from '../../../../src-shared/client/window.ts';
import { dedicatedName } from '../../../../src-shared/dedicated-name.ts';
import { engine } from '../../../client.ts';
import { paths } from '../../../places.ts';
import { useSetting } from '../../../queries/settings.ts';
import { useShownKeys } from '../../../shell/keys.ts';
import { useText } from '../../../text/use-text.ts';
import { useUnsaved } from '../../../ui/unsaved.ts';
import { AvatarPicker } from './avatar-picker.tsx';
import styles from './create-bot.module.css';
import type { Made } from './create-bot.tsx';
import type { Cropping } from './use-cropping.ts';

const NAME_LENGTH = 64;
const MODES = ['personal', 'dedicated', 'cloud'] as const;

interface CreateFormProps {
  accounts: GetAccountsAnswer;
  /** For which of them it is, unless somebody says otherwise. */
  owner: string | undefined;
  picture: string | undefined;
  onPicture: (picture: string | undefined) => void;
  /** While it is under way, this form waits out of sight. */
  cropping: Cropping;
  isRunning: boolean;
  onRunning: (isRunning: boolean) => void;
  onCancel: () => void;
  onMade: (made: Made) => void;
}

/** Name, owner, mode, picture and webhook of a bot to be. Nothing typed is lost when the engine refuses. */
export function CreateForm(props: CreateFormProps) {
  const { accounts, owner, picture, cropping, isRunning, onPicture, onRunning, onCancel, onMade } = props;
  const { bots, common } = useText();
  const shownKeys = useShownKeys();
  const text = bots.newBot;
  const host = useSetting('ejabberd_host');
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: {
      name: '',
      account: (accounts.find(({ jid }) => jid === owner) ?? accounts[0])?.jid ?? '',
      mode: 'personal' as (typeof MODES)[number],
      webhook: '',
    },
    validate: {
      name: (name) => {
        if (name.trim() === '') return text.nameMissing;
        return [...name.trim()].length > NAME_LENGTH ? text.nameTooLong : null;
      },
      webhook: (url) =>
        url.trim() === '' || /^https?:\/\/[^\s/]+/.test(url.trim()) ? null : text.webhookInvalid,
    },
  });
  const { name, mode } = form.values;
  useUnsaved(picture !== undefined || form.isDirty());

  const create = form.onSubmit(async (values) => {
    if (isRunning || cropping.source !== undefined) return;
    onRunning(true);
    setProblem(undefined);
    try {
      const url = values.webhook.trim();
      const bot = await addBot(engine, {
        name: values.name.trim(),
        account: values.account,
        mode: values.mode,
        ...(picture !== undefined && { avatar: picture }),
        ...(url !== '' && { webhook: { url } }),
      });
      await client.invalidateQueries({ queryKey: ['bots'] });
      onMade({ bot, owner: values.account });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    onRunning(false);
  });
  useHotkeys([['mod+Enter', () => void create()]], []);

  return (
    <form onSubmit={create}>
      <div className={styles.top}>
        <AvatarPicker
          cropping={cropping}
          name={name}
          onRemove={() => onPicture(undefined)}
          picture={picture}
        />
        <TextInput
          data-autofocus
          description={text.nameHelp}
          flex={1}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          label={text.name}
          rightSection={<small className={styles.length}>{text.length([...name.trim()].length)}</small>}
          rightSectionWidth={64}
          {...form.getInputProps('name')}
        />
      </div>
      {accounts.length > 1 && (
        <Select
          allowDeselect={false}
          data={accounts.map(({ jid }) => jid)}
          label={text.account}
          mt="lg"
          {...form.getInputProps('account')}
        />
      )}
      <Radio.Group label={text.how} mt="lg" {...form.getInputProps('mode')}>
        <div className={styles.modes}>
          {MODES.map((value) => (
            <ModeCard host={host} isChosen={mode === value} key={value} value={value} />
          ))}
        </div>
      </Radio.Group>
      {mode === 'dedicated' && host !== '' && (
        <div className={styles.address}>
          <Text fw={500} size="sm">
            {text.address} <span className={styles.second}>{text.addressMade}</span>
          </Text>
          <code>
            {dedicatedName(name, '••••')}@{host}
          </code>
        </div>
      )}
      <TextInput
        description={text.webhookHelp}
        inputMode="url"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        label={text.webhook}
        mt="lg"
        placeholder="https://"
        spellCheck={false}
        {...form.getInputProps('webhook')}
      />
      {problem !== undefined && (
        <Text c="var(--bm-bad)" mt="md" role="alert" size="sm">
          {problem}
        </Text>
      )}
      <Group className={styles.foot ?? ''} justify="flex-end">
        <Button disabled={isRunning} onClick={onCancel} variant="default">
          {common.cancel}
        </Button>
        <Button
          loading={isRunning}
          rightSection={<Kbd size="xs">{shownKeys('mod+enter')}</Kbd>}
          type="submit"
        >
          {text.create}
        </Button>
      </Group>
    </form>
  );
}

function ModeCard({
  value,
  host,
  isChosen,
}: {
  value: (typeof MODES)[number];
  host: string;
  isChosen: boolean;
}) {
  const { modes, setUpServer } = useText().bots.newBot;
  const isMissing = value === 'dedicated' && host === '';
  const note = {
    personal: modes.personal.note,
    dedicated: isMissing ? modes.dedicated.missing : modes.dedicated.ready(host),
    cloud: modes.cloud.note,
  }[value];
  return (
    <div className={styles.mode} data-chosen={isChosen || undefined}>
      <Radio
        description={modes[value].body}
        disabled={value === 'cloud' || isMissing}
        label={modes[value].title}
        value={value}
      />
      <small className={isMissing || value === 'cloud' ? styles.missing : styles.ready}>{note}</small>
      {isMissing && (
        <Link className={styles.link} href={paths.settings('server')}>
          {setUpServer}
        </Link>
      )}
    </div>
  );
}
