import { Anchor, Box, Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem } from '../../../client.ts';
import { useTelegramChange } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { OutsideIcon } from '../../../ui/icons.tsx';
import { toast, toastStaying } from '../../../ui/toasts.tsx';
import { useClosing } from '../../../ui/unsaved.ts';
import { ForeignWebhook, type Webhook, webhookOf } from './foreign-webhook.tsx';
import { AT_TELEGRAM, looksLikeToken } from './names.ts';
import styles from './set-up.module.css';
import { TokenInput } from './token-input.tsx';

interface TokenDialogProps {
  bot: Bot;
  onClose: () => void;
  onReplaced: () => void;
}

/** Another token, which Telegram has to know. Taking the webhook of another program away has to be said. */
export function TokenDialog({ bot: { id }, onClose, onReplaced }: TokenDialogProps) {
  const { bots, common } = useText();
  const text = bots.telegram;
  const change = useTelegramChange(id);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [webhook, setWebhook] = useState<Webhook>();
  const [isSaving, setSaving] = useState(false);
  const close = useClosing(typed !== '', onClose);

  async function save(force: boolean) {
    if (!looksLikeToken(typed)) return setProblem(text.setUp.token.shape);
    setSaving(true);
    setProblem(undefined);
    setWebhook(undefined);
    try {
      const { warning } = await change({ token: typed.trim(), ...(force && { force }) });
      onReplaced();
      onClose();
      toast(text.replaced);
      if (warning !== null) toastStaying(warning);
    } catch (error) {
      const isWebhook = error instanceof ApiProblem && error.code === 'telegram_webhook';
      const found = isWebhook ? await webhookOf(id, typed.trim()).catch(() => undefined) : undefined;
      if (found) setWebhook(found);
      else setProblem((error as Error).message);
      setSaving(false);
    }
  }
  return (
    <Modal centered closeOnClickOutside={false} onClose={close} opened size={520} title={text.replaceTitle}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <Text mb="md">{text.replaceBody}</Text>
        <TokenInput
          error={problem}
          isFirst
          onChange={(value) => {
            setTyped(value);
            setProblem(undefined);
            setWebhook(undefined);
          }}
          value={typed}
        />
        <Anchor
          className={styles.site ?? ''}
          href={`${AT_TELEGRAM}/BotFather`}
          mt={6}
          rel="noopener noreferrer"
          size="sm"
          target="_blank"
        >
          {text.setUp.token.open} <OutsideIcon size={14} />
        </Anchor>
        {webhook && (
          <Box mt="md">
            <ForeignWebhook
              onKeep={() => setWebhook(undefined)}
              remove={() => save(true)}
              webhook={webhook}
            />
          </Box>
        )}
        <Group justify="flex-end" mt="xl">
          <Button onClick={close} variant="default">
            {common.cancel}
          </Button>
          <Button
            disabled={typed.trim() === '' || webhook !== undefined}
            loading={isSaving && webhook === undefined}
            type="submit"
          >
            {text.replaceAction}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
