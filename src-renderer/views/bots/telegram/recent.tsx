import { Title } from '@mantine/core';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { ClockIcon, ProblemIcon, TelegramIcon, XmppIcon } from '../../../ui/icons.tsx';
import { fullDateOf, shortWhen } from '../../../ui/when.ts';
import { useBotActs } from '../use-bot-acts.tsx';
import styles from './recent.module.css';

interface RecentProps {
  bot: Bot;
  telegram: BotTelegram;
}

/** What crossed the bridge lately, newest first, from which side it came, and whether it has arrived. */
export function Recent({ bot, telegram: { recent } }: RecentProps) {
  const text = useText().bots.telegram.recent;
  const acts = useBotActs();
  return (
    <section aria-labelledby="telegram-recent">
      <div className={styles.head}>
        <Title id="telegram-recent" order={2}>
          {text.title}
        </Title>
        <button className={styles.link} onClick={() => acts.chat(bot)} type="button">
          {text.all}
        </button>
      </div>
      {recent.length === 0 ? (
        <p className={styles.empty}>{text.empty}</p>
      ) : (
        <ul className={styles.rows}>
          {recent.map((row) => (
            <Row bot={bot} key={`${row.at} ${row.to} ${row.from} ${row.text}`} row={row} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** A person by the beginning of the address, as the other side calls people by their names; the bot by its own. */
const nameOf = (from: string, { jid, name }: Bot) => (from === jid ? name : from.split('@')[0] || from);

interface RowProps {
  bot: Bot;
  row: BotTelegram['recent'][number];
}

function Row({ bot, row: { at, to, from, text: words, state } }: RowProps) {
  const text = useText().bots.telegram.recent;
  const language = useLanguage();
  return (
    <li className={styles.row} data-state={state}>
      {to === 'xmpp' ? <TelegramIcon size={16} /> : <XmppIcon size={16} />}
      <span className={styles.from} data-may-be-cut title={from}>
        <bdi>{to === 'telegram' ? nameOf(from, bot) : from}</bdi>
      </span>
      <span className={styles.text} data-may-be-cut title={words}>
        <bdi>{words}</bdi>
      </span>
      <span className={styles.way}>
        {state === 'waiting' && <ClockIcon size={14} />}
        {state === 'failed' && <ProblemIcon size={14} />}
        {text.to[to]}
        {state !== 'done' && `, ${text.states[state]}`}
      </span>
      <time dateTime={new Date(at * 1_000).toISOString()} title={fullDateOf(at, language)}>
        {shortWhen(at, language)}
      </time>
    </li>
  );
}
