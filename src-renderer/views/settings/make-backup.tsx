import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { SHORTEST_PASSPHRASE } from '../../../src-shared/api/backup.ts';
import { makeBackup } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';
import { desktop } from '../../desktop.ts';
import { useText } from '../../text/use-text.ts';
import { download } from '../../ui/download.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import { toast } from '../../ui/toasts.tsx';
import styles from './settings.module.css';

/** Asks for a passphrase, twice, and saves the file. */
export function MakeBackup() {
  const text = useText().settings.backup;
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const form = useForm({
    initialValues: { passphrase: '', again: '' },
    validate: {
      passphrase: (value) => (value.length < SHORTEST_PASSPHRASE ? text.tooShort : null),
      again: (value, { passphrase }) => (value === passphrase ? null : text.different),
    },
  });
  const make = form.onSubmit(async ({ passphrase }) => {
    setProblem(undefined);
    const name = `botmother-${new Date().toISOString().slice(0, 10)}.backup`;
    try {
      // Where it goes is asked before it is made: who changes their mind has made none.
      const place = await desktop()?.saveFile('backup', name);
      if (desktop() && place === undefined) return;
      setRunning(true);
      download(await makeBackup(engine, { passphrase }), name);
      toast(place === undefined ? text.made : text.madeAt(place));
      form.reset();
    } catch (error) {
      setProblem((error as Error).message);
    }
    setRunning(false);
  });
  return (
    <form className={styles.form} onSubmit={make}>
      <p className={styles.second}>{text.makeHelp}</p>
      <div className={styles.pair}>
        <PasswordInput
          autoComplete="new-password"
          label={text.passphrase}
          {...form.getInputProps('passphrase')}
        />
        <PasswordInput autoComplete="new-password" label={text.again} {...form.getInputProps('again')} />
      </div>
      {problem !== undefined && (
        <Text c="var(--bm-bad)" role="alert" size="sm">
          {problem}
        </Text>
      )}
      <Group>
        <Button leftSection={<DownloadIcon />} loading={isRunning} type="submit" variant="default">
          {text.save}
        </Button>
        {isRunning && <span role="status">{text.making}</span>}
      </Group>
    </form>
  );
}
