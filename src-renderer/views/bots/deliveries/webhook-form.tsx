import { Button, Group, Modal, MultiSelect, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { UpdateType } from '../../../../src-shared/api/common.ts';
import {
  type GetBotWebhookAnswer,
  setBotWebhook,
  type TestBotWebhookAnswer,
  testBotWebhook,
} from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { webhookQuery } from '../../../queries/bots.ts';
import { useReason, useText } from '../../../text/use-text.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useClosing } from '../../../ui/unsaved.ts';
import styles from './webhook.module.css';

interface WebhookFormProps {
  id: number;
  webhook: GetBotWebhookAnswer;
  onClose: () => void;
}

/** The address and what is posted there. The test uses what is typed, and saving never waits for it. */
export function WebhookForm({ id, webhook, onClose }: WebhookFormProps) {
  const { bots, common } = useText();
  const text = bots.webhook;
  const inWords = useReason();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const [tested, setTested] = useState<TestBotWebhookAnswer>();
  const [running, setRunning] = useState<'test' | 'save'>();
  const form = useForm({
    initialValues: {
      url: webhook.url,
      types: webhook.allowed_updates.length > 0 ? webhook.allowed_updates : ['message'],
    },
  });
  const url = form.values.url.trim();
  const close = useClosing(form.isDirty(), onClose);

  async function attempt(what: 'test' | 'save', act: () => Promise<void>) {
    setRunning(what);
    setProblem(undefined);
    await act().catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
    setRunning(undefined);
  }
  const test = () =>
    attempt('test', async () => {
      setTested(undefined);
      setTested(await testBotWebhook(engine, { id, url }));
    });
  const save = form.onSubmit(({ types }) =>
    attempt('save', async () => {
      await setBotWebhook(engine, { id, url, allowed_updates: types.join(',') });
      await client.invalidateQueries({ queryKey: webhookQuery(id).queryKey });
      toast(text.saved);
      onClose();
    }),
  );
  return (
    <Modal centered closeOnClickOutside={false} onClose={close} opened size={560} title={text.set}>
      <form onSubmit={save}>
        <TextInput
          data-autofocus
          description={text.urlHelp}
          inputMode="url"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          label={text.url}
          rightSection={
            <Button
              disabled={url === ''}
              loading={running === 'test'}
              onClick={() => void test()}
              size="compact-sm"
              variant="subtle"
            >
              {text.test}
            </Button>
          }
          rightSectionWidth={84}
          spellCheck={false}
          {...form.getInputProps('url')}
          // After what the form says of the field, which knows no problem of its own.
          error={problem}
        />
        <div aria-live="polite">
          {tested && (
            <Text c={tested.delivered ? 'var(--bm-ok)' : 'var(--bm-warn)'} className={styles.tested ?? ''}>
              {tested.status === null
                ? text.unanswered(inWords(tested.error ?? '', tested.cause))
                : text.answered(tested.status, Math.round(tested.ms))}
              {!tested.delivered && ` ${text.testNote}`}
            </Text>
          )}
        </div>
        <MultiSelect data={UpdateType.options} label={text.types} mt="lg" {...form.getInputProps('types')} />
        <Group justify="flex-end" mt="xl">
          <Button onClick={close} variant="default">
            {common.cancel}
          </Button>
          <Button disabled={url === ''} loading={running === 'save'} type="submit">
            {common.save}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
