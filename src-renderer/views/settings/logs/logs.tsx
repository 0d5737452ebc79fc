import { Button, Select, Switch } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { LOG_LEVELS, type LogLevel, type LogLine } from '../../../../src-shared/api/logs.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { CopyAction } from '../../../ui/copy-text.tsx';
import { download } from '../../../ui/download.ts';
import { DownloadIcon } from '../../../ui/icons.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { fullDateOf, secondsOf } from '../../../ui/when.ts';
import styles from '../data.module.css';
import { PageHead } from '../page-head.tsx';
import { useLogLines } from './use-log-lines.ts';

const textOf = ({ time, level, message, details }: LogLine): string =>
  `${new Date(time * 1_000).toISOString()} ${level} ${message}${detailsOf(details)}`;
const detailsOf = (details: LogLine['details']): string =>
  Object.keys(details).length === 0 ? '' : ` ${JSON.stringify(details)}`;
const COLOURS: Partial<Record<LogLevel, string | undefined>> = {
  warn: styles.warn,
  error: styles.bad,
  fatal: styles.bad,
};

/** The log as it is written. */
export function Logs() {
  const text = useText().settings.logs;
  const language = useLanguage();
  const [level, setLevel] = useState<LogLevel>('info');
  const [isFollowing, setFollowing] = useState(true);
  const { lines, isLive, problem } = useLogLines(level);
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is scrolled to
  useEffect(() => {
    if (isFollowing) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines, isFollowing]);
  const whole = lines.map(textOf).join('\n');
  return (
    <>
      <PageHead page="logs">
        <span aria-live="polite" className={styles.live}>
          <StateDot state={isLive ? 'on' : 'connecting'} /> {isLive ? text.live : text.lost}
        </span>
      </PageHead>
      <div className={styles.tools}>
        <Select
          allowDeselect={false}
          aria-label={text.level}
          data={LOG_LEVELS.map((value) => ({ value, label: text.levels[value] }))}
          onChange={(value) => value !== null && setLevel(value as LogLevel)}
          value={level}
        />
        <Switch
          checked={isFollowing}
          label={text.follow}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
        <span className={styles.push} />
        <CopyAction value={whole} what={text.what} />
        <Button
          leftSection={<DownloadIcon size={16} />}
          onClick={() => download(new Blob([`${whole}\n`], { type: 'text/plain' }), 'botmother.log')}
          variant="default"
        >
          {text.download}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <ol aria-label={text.what} className={styles.log} ref={list} tabIndex={0}>
        {problem !== undefined && <li className={styles.bad}>{problem}</li>}
        {lines.length === 0 && problem === undefined && <li>{text.empty}</li>}
        {lines.map((line) => (
          <li key={line.id}>
            <time title={fullDateOf(line.time, language)}>{secondsOf(line.time, language)}</time>
            <span className={COLOURS[line.level]}>{text.words[line.level]}</span>
            <span>
              {line.message}
              <span className={styles.details}>{detailsOf(line.details)}</span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
