import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../../places.ts';
import { activityQuery, botsQuery } from '../../../queries/bots.ts';
import { statusQuery } from '../../../queries/status.ts';
import { useText } from '../../../text/use-text.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import copy from '../../../ui/copy-text.module.css';
import { CopyAction } from '../../../ui/copy-text.tsx';
import { CheckIcon } from '../../../ui/icons.tsx';
import { Qr } from '../../../ui/qr.tsx';
import { masked, TokenField } from '../../../ui/token-field.tsx';
import styles from './create-bot.module.css';
import type { Made } from './create-bot.tsx';
import { EXAMPLES } from './examples.ts';

type Language = keyof typeof EXAMPLES;

interface CreatedProps {
  made: Made;
  /** No list shows its token again. */
  isShownOnce: boolean;
  onClose: () => void;
}

/** What is needed to use the bot that was just made; it follows how the bot comes up. */
export function Created({ made: { bot, owner }, isShownOnce, onClose }: CreatedProps) {
  const text = useText().bots.newBot;
  const [, go] = useLocation();
  const [language, setLanguage] = useState<Language>('curl');
  const { data: bots } = useQuery(botsQuery);
  const { data: status } = useQuery(statusQuery);
  const { data: activity } = useQuery(activityQuery(bot.id));
  const state = bots?.find(({ id }) => id === bot.id)?.state;
  const isDedicated = bot.mode === 'dedicated';
  const address = bot.jid ?? owner;
  const ca = status?.api_certificate?.self_made ? 'server.crt' : undefined;
  const example = { url: bot.api_url, to: owner, greeting: text.greeting, ca };
  const code = EXAMPLES[language]({ ...example, token: bot.token });
  const shown = EXAMPLES[language]({ ...example, token: masked(bot.token) });
  return (
    <>
      <p className={styles.summary}>
        {isDedicated ? text.summary.dedicated(bot.id) : text.summary.personal(bot.id)}
        {isDedicated && `. ${state === 'online' ? text.online(bot.name) : text.connecting(bot.name)}`}.
      </p>
      {bot.webhook && (
        <div className={styles.secret}>
          <Text fw={500} mb={4}>
            {text.secret}
          </Text>
          <TokenField value={bot.webhook.secret} what={text.secret} />
          <small>{text.secretHelp(bot.webhook.url)}</small>
        </div>
      )}
      <div className={styles.result}>
        <div className={styles.facts}>
          <div>
            <Text fw={500} mb={4}>
              {text.token}
            </Text>
            <TokenField value={bot.token} what={text.token} />
            <small>{isShownOnce ? text.tokenOnce : text.tokenHelp}</small>
          </div>
          <div>
            <Text fw={500} mb={4}>
              {text.address}
            </Text>
            <div className={copy.line}>
              <code className={copy.code}>{address}</code>
              <CopyAction value={address} what={text.address} />
            </div>
            <small>{isDedicated ? text.addressHelp : text.personalHelp(owner)}</small>
          </div>
        </div>
        {isDedicated && (
          <div className={styles.qr}>
            <Qr label={text.qr(address)} value={`xmpp:${address}`} />
          </div>
        )}
      </div>
      <section className={styles.example}>
        <header>
          {text.first}
          <SegmentedControl
            aria-label={text.language}
            data={Object.keys(EXAMPLES)}
            onChange={(value) => setLanguage(value as Language)}
            size="xs"
            value={language}
          />
        </header>
        <CodeBlock
          code={code}
          shown={shown}
          title={language === 'curl' ? text.terminal : language}
          what={text.command}
        />
        {ca !== undefined && <small>{text.caHelp}</small>}
        <div aria-live="polite">
          {(activity?.totals.sent ?? 0) > 0 && (
            <Text c="var(--bm-ok)" mt="sm" size="sm">
              <CheckIcon size={14} /> {text.arrived}
            </Text>
          )}
        </div>
      </section>
      <Group justify="flex-end" mt="xl">
        <Button onClick={() => go(paths.chat(owner, isDedicated ? address : owner))} variant="default">
          {text.openChat}
        </Button>
        <Button onClick={onClose}>{text.done}</Button>
      </Group>
    </>
  );
}
