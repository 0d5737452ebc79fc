import { Button, FileInput, PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { restoreBackup } from '../../src-shared/client/window.ts';
import { engine } from '../client.ts';
import { useLanguage, useText } from '../text/use-text.ts';
import { confirmHarm } from './confirm.tsx';
import { toastStaying } from './toasts.tsx';
import { fullDateOf } from './when.ts';

interface RestoreProps {
  /** Nothing is here that could be lost. */
  isEmpty?: boolean;
  onRestored?: () => void;
}

/** Brings a backup in. It is checked before anything changes; a refusal says why and leaves what was typed. */
export function RestoreBackup({ isEmpty = false, onRestored }: RestoreProps) {
  const text = useText().settings.backup;
  const language = useLanguage();
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<{ at: 'file' | 'passphrase' | 'all'; words: string }>();
  const [isRunning, setRunning] = useState(false);

  async function bringIn(chosen: File) {
    setRunning(true);
    try {
      const { created_at } = await restoreBackup(engine, { file: chosen, passphrase });
      toastStaying(text.restarting(fullDateOf(created_at, language)));
      onRestored?.();
    } catch (error) {
      setProblem({ at: 'all', words: (error as Error).message });
    } finally {
      setRunning(false);
    }
  }
  function ask() {
    setProblem(undefined);
    if (!file) return setProblem({ at: 'file', words: text.noFile });
    if (passphrase === '') return setProblem({ at: 'passphrase', words: text.noPassphrase });
    if (isEmpty) return void bringIn(file);
    confirmHarm({
      title: text.askTitle,
      body: text.askBody(file.name),
      action: text.askAction,
      run: () => bringIn(file),
    });
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
      style={{ display: 'grid', gap: 16 }}
    >
      <Text c="dimmed" size="sm">
        {text.restoreHelp}
      </Text>
      <FileInput
        error={problem?.at === 'file' && problem.words}
        label={text.file}
        onChange={setFile}
        placeholder={text.choose}
        value={file}
      />
      <PasswordInput
        autoComplete="off"
        error={problem?.at === 'passphrase' && problem.words}
        label={text.passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        value={passphrase}
      />
      {problem?.at === 'all' && (
        <Text c="var(--bm-bad)" role="alert" size="sm">
          {problem.words}
        </Text>
      )}
      <div>
        <Button loading={isRunning} type="submit" variant={isEmpty ? 'filled' : 'default'}>
          {isEmpty ? text.askAction : text.start}
        </Button>
      </div>
    </form>
  );
}
