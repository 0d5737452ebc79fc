import { ActionIcon, Button, Textarea, Title, Tooltip } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { changeBot } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { botAiQuery, botAiUseQuery } from '../../../queries/bot-ai.ts';
import { activityQuery, type Bot, connectionQuery, webhookQuery } from '../../../queries/bots.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import copy from '../../../ui/copy-text.module.css';
import { CopyAction } from '../../../ui/copy-text.tsx';
import { RefreshIcon } from '../../../ui/icons.tsx';
import { Qr } from '../../../ui/qr.tsx';
import { toast } from '../../../ui/toasts.tsx';
import { TokenField } from '../../../ui/token-field.tsx';
import { useWhen } from '../../../ui/use-when.ts';
import { pointWhen } from '../../../ui/when.ts';
import { ActivityChart } from '../activity.tsx';
import { useBotActs } from '../use-bot-acts.tsx';
import styles from './bot-detail.module.css';

/** What the bot did, how it is reached, and how it is taken away. */
export function Overview({ bot }: { bot: Bot }) {
  const text = useText();
  const tabs = text.bots.tabs.overview;
  const isDedicated = bot.mode === 'dedicated';
  return (
    <>
      <Facts bot={bot} />
      <ActivityChart id={bot.id} />
      <div className={styles.two}>
        <div className={styles.fields}>
          <Token bot={bot} />
          <div>
            <p className={styles.label}>{isDedicated ? tabs.address : tabs.speaksAs}</p>
            <div className={copy.line}>
              <code className={copy.code}>{isDedicated ? bot.jid : bot.owner}</code>
              <CopyAction value={isDedicated ? bot.jid : bot.owner} what={tabs.address} />
            </div>
            {isDedicated && <Reach id={bot.id} />}
          </div>
          <Description bot={bot} />
        </div>
        {isDedicated && (
          <div className={styles.qr}>
            <Qr label={text.bots.newBot.qr(bot.jid)} value={`xmpp:${bot.jid}`} />
            <p>{text.bots.newBot.scan}</p>
          </div>
        )}
      </div>
      <Danger bot={bot} />
    </>
  );
}

function Facts({ bot }: { bot: Bot }) {
  const { bots } = useText();
  const text = bots.tabs.overview;
  const when = useWhen();
  const { format } = new Intl.NumberFormat(useLanguage());
  const { data: activity } = useQuery(activityQuery(bot.id));
  const { data: webhook } = useQuery(webhookQuery(bot.id));
  const { received = 0, sent = 0, failed = 0 } = activity?.totals ?? {};
  const pending = webhook?.pending ?? 0;
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{text.lastActive}</dt>
        <dd>
          {bot.last_active === null ? bots.never : when(bot.last_active)}
          <small>{text.since(when(bot.created_at))}</small>
        </dd>
      </div>
      <div>
        <dt>{text.received}</dt>
        <dd>{format(received)}</dd>
      </div>
      <div>
        <dt>{text.sent}</dt>
        <dd>
          {format(sent)}
          {failed > 0 && <small>{text.failed(failed)}</small>}
        </dd>
      </div>
      <AiAnswers bot={bot} />
      <div>
        <dt>{text.waiting}</dt>
        <dd>
          {format(pending)}
          {pending === 0 && <small>{text.nothingWaits}</small>}
        </dd>
      </div>
    </dl>
  );
}

/** What its AI answered today, where it has one. */
function AiAnswers({ bot: { id, mode } }: { bot: Bot }) {
  const { use: text } = useText().bots.ai;
  const { format } = new Intl.NumberFormat(useLanguage());
  const { data: ai } = useQuery({ ...botAiQuery(id), enabled: mode !== 'cloud' });
  const { data: used } = useQuery({ ...botAiUseQuery(id), enabled: ai?.configured === true });
  if (!ai?.configured || !used) return null;
  return (
    <div>
      <dt>{text.answersToday}</dt>
      <dd>
        {format(used.today.answers)}
        <small>{text.ofDay(format(used.limits.per_day))}</small>
      </dd>
    </div>
  );
}

function Token({ bot }: { bot: Bot }) {
  const { bots } = useText();
  const text = bots.tabs.overview;
  const language = useLanguage();
  const when = useWhen();
  const acts = useBotActs();
  const current = bot.tokens.find(({ ends }) => ends === null);
  const old = bot.tokens.find(({ ends }) => ends !== null);
  const limits = current && current.scopes.length < 4 ? current.scopes : [];
  const regenerate = (
    <Tooltip label={bots.actions.regenerate}>
      <ActionIcon
        aria-label={bots.actions.regenerate}
        color="gray"
        onClick={() => acts.regenerate(bot)}
        size={28}
        variant="subtle"
      >
        <RefreshIcon size={16} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div>
      <p className={styles.label}>{text.token}</p>
      {bot.token ? (
        <TokenField value={bot.token} what={bots.tokenOf(bot.name)}>
          {regenerate}
        </TokenField>
      ) : (
        <div className={copy.line}>
          <span className={copy.code}>{bot.token === '' ? bots.noToken : bots.hiddenToken}</span>
          {regenerate}
        </div>
      )}
      <p className={styles.help}>
        {current && (current.last_used === null ? text.tokenUnused : text.tokenUsed(when(current.last_used)))}{' '}
        {old?.ends != null && text.oldToken(pointWhen(old.ends, language))}{' '}
        {limits.length > 0 && text.scopes(limits.map((scope) => text.scopeWords[scope]).join(', '))}
      </p>
    </div>
  );
}

/** Whom a dedicated bot can write to at all. */
function Reach({ id }: { id: number }) {
  const text = useText().bots.tabs.overview;
  const { data } = useQuery(connectionQuery(id));
  if (!data) return null;
  return (
    <p className={styles.help}>
      {data.reason !== null && <span className={styles.bad}>{data.reason} </span>}
      {data.published === false && <span className={styles.warn}>{text.notPublished} </span>}
      {data.owner_devices > 0 ? (
        text.ownerDevices(data.owner_devices)
      ) : (
        <span className={styles.warn}>{text.noOwnerDevice}</span>
      )}
    </p>
  );
}

/** Saved when one leaves it; what the engine refuses stays to be mended. */
function Description({ bot: { id, description } }: { bot: Bot }) {
  const { bots, common } = useText();
  const text = bots.tabs.overview;
  const client = useQueryClient();
  const [typed, setTyped] = useState(description);
  const [problem, setProblem] = useState<string>();
  useEffect(() => setTyped(description), [description]);

  async function save() {
    if (typed === description) return;
    try {
      await changeBot(engine, { id, description: typed });
      setProblem(undefined);
      await client.invalidateQueries({ queryKey: ['bots'] });
      toast(common.saved);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }
  return (
    <Textarea
      autosize
      description={text.descriptionHelp}
      error={problem}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      label={text.description}
      maxRows={8}
      onBlur={() => void save()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      value={typed}
    />
  );
}

function Danger({ bot }: { bot: Bot }) {
  const { bots } = useText();
  const text = bots.tabs.overview;
  const acts = useBotActs();
  const help = bot.mode === 'dedicated' ? text.deleteHelp.dedicated : text.deleteHelp.personal;
  return (
    <section className={styles.danger}>
      <Title order={2}>{text.danger}</Title>
      <div>
        {bot.token !== '' && (
          <div className={styles.harm}>
            <div>
              <strong>{bots.revoke.action}</strong>
              <p>{text.revokeHelp}</p>
            </div>
            <Button color="red" onClick={() => acts.revoke(bot)} variant="outline">
              {bots.actions.revoke}
            </Button>
          </div>
        )}
        <div className={styles.harm}>
          <div>
            <strong>{bots.remove.action}</strong>
            <p>{help}</p>
          </div>
          <Button color="red" onClick={() => acts.remove(bot)} variant="outline">
            {bots.actions.delete}
          </Button>
        </div>
      </div>
    </section>
  );
}
