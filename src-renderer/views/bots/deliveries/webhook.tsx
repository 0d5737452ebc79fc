import { Alert, Button, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type GetBotWebhookAnswer,
  probeBotWebhook,
  removeBotWebhook,
  setBotWebhook,
} from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { type Bot, webhookQuery, webhookSecretQuery } from '../../../queries/bots.ts';
import { useLanguage, useReason, useText } from '../../../text/use-text.ts';
import { Answered } from '../../../ui/answered.tsx';
import { Row } from '../../../ui/card.tsx';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { Mono } from '../../../ui/copy-text.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { ProblemIcon, TryIcon, WebhookIcon } from '../../../ui/icons.tsx';
import { toast, toastProblem } from '../../../ui/toasts.tsx';
import { TokenField } from '../../../ui/token-field.tsx';
import { useWhen } from '../../../ui/use-when.ts';
import { pointWhen } from '../../../ui/when.ts';
import { Deliveries } from './deliveries.tsx';
import styles from './webhook.module.css';
import { WebhookForm } from './webhook-form.tsx';

/** Where the updates of a bot are posted, how that goes, and what became of each of them. */
export function Webhook({ bot: { id } }: { bot: Bot }) {
  const { webhook: text } = useText().bots;
  const query = useQuery(webhookQuery(id));
  const [isEditing, setEditing] = useState(false);
  return (
    <Answered query={query} skeleton={null}>
      {(webhook) => (
        <>
          {webhook.url === '' ? (
            <Empty
              actions={<Button onClick={() => setEditing(true)}>{text.set}</Button>}
              icon={<WebhookIcon size={24} />}
              title={text.emptyTitle}
            >
              {text.emptyBody}
            </Empty>
          ) : (
            <>
              {webhook.failing_since !== null && <Failing id={id} webhook={webhook} />}
              <Facts id={id} onEdit={() => setEditing(true)} webhook={webhook} />
            </>
          )}
          {webhook.dropped > 0 && (
            <Alert color="yellow" mt="md" variant="light">
              {text.dropped(webhook.dropped)}
            </Alert>
          )}
          <Deliveries deadLetters={webhook.dead_letters} id={id} />
          {isEditing && <WebhookForm id={id} onClose={() => setEditing(false)} webhook={webhook} />}
        </>
      )}
    </Answered>
  );
}

function Failing({ id, webhook }: { id: number; webhook: GetBotWebhookAnswer }) {
  const { bots } = useText();
  const text = bots.webhook;
  const language = useLanguage();
  const when = useWhen();
  const inWords = useReason();
  const { failing_since, next_try, pending, last_error, cause } = webhook;
  return (
    <Alert
      className={styles.failing ?? ''}
      color="red"
      icon={<ProblemIcon />}
      title={text.failing(inWords(last_error ?? '', cause), pointWhen(failing_since ?? 0, language))}
      variant="light"
    >
      <Group justify="space-between">
        <span>
          {text.failingBody(pending)} {next_try !== null && text.nextTry(when(next_try))}
        </span>
        <Button
          leftSection={<TryIcon size={16} />}
          onClick={() => void probeBotWebhook(engine, { id }).catch(toastProblem)}
        >
          {text.tryNow}
        </Button>
      </Group>
    </Alert>
  );
}

interface FactsProps {
  id: number;
  webhook: GetBotWebhookAnswer;
  onEdit: () => void;
}

function Facts({ id, webhook, onEdit }: FactsProps) {
  const { bots, common } = useText();
  const text = bots.webhook;
  const client = useQueryClient();
  const [isWanted, setWanted] = useState(false);
  const {
    data: secret,
    error,
    isFetching,
    refetch,
  } = useQuery({ ...webhookSecretQuery(id), enabled: isWanted });
  const refresh = () => client.invalidateQueries({ queryKey: webhookQuery(id).queryKey });
  const rotate = () =>
    confirmHarm({
      title: text.rotateTitle,
      body: text.rotateBody,
      action: text.rotate,
      async run() {
        await setBotWebhook(engine, { id, url: webhook.url, rotate_secret: true });
        await refresh();
      },
    });
  const remove = () =>
    confirmHarm({
      title: text.removeTitle,
      body: text.removeBody(webhook.pending),
      action: text.removeAction,
      async run() {
        await removeBotWebhook(engine, { id });
        await refresh();
        toast(text.removed);
      },
    });
  return (
    <div className={styles.card}>
      <Row
        label={<Mono>{webhook.url}</Mono>}
        mark={<WebhookIcon size={16} />}
        value={
          <Button onClick={onEdit} size="xs" variant="default">
            {text.edit}
          </Button>
        }
      />
      <div className={styles.fact}>
        <span>{text.secret}</span>
        {secret ? (
          <TokenField value={secret} what={text.secret} />
        ) : (
          <Button
            loading={isFetching}
            onClick={() => (isWanted ? void refetch() : setWanted(true))}
            size="xs"
            variant="default"
          >
            {common.show(text.secret)}
          </Button>
        )}
        {error && <span role="alert">{error.message}</span>}
        <Button onClick={rotate} size="xs" variant="default">
          {text.rotate}
        </Button>
      </div>
      <div className={styles.fact}>
        <span>{text.updates}</span>
        <span className={styles.grow}>{webhook.allowed_updates.join(', ')}</span>
        <Button c="var(--bm-bad)" onClick={remove} size="xs" variant="default">
          {text.remove}
        </Button>
      </div>
    </div>
  );
}
