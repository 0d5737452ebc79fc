import type { BotAiTested } from '../../../../src-shared/api/ai.ts';
import { took } from '../../../../src-shared/text/said.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { DoneIcon, OpenIcon, ProblemIcon, StopIcon } from '../../../ui/icons.tsx';
import styles from './test-box.module.css';
import type { Tried } from './use-test.ts';

/** What came of the question: as it is written, complete, or why not. */
export function TestResult({ tried, isSaved }: { tried: Tried; isSaved: boolean }) {
  const { test: text } = useText().bots.ai;
  const heading = useHeading(tried, isSaved);
  return (
    <div className={styles.result} data-state={tried.state}>
      <div aria-atomic="true" aria-live="polite">
        {heading !== undefined && (
          <p className={styles.state}>
            <Mark state={tried.state} />
            <span>{heading}</span>
          </p>
        )}
        {tried.state === 'failed' && <p className={styles.why}>{tried.message}</p>}
      </div>
      {'text' in tried && tried.text !== '' && (
        <p className={styles.answer} dir="auto">
          {tried.text}
        </p>
      )}
      {tried.state === 'done' && <Answer answer={tried.answer} />}
      {tried.state === 'running' && tried.text === '' && <p className={styles.wait}>{text.waiting}</p>}
    </div>
  );
}

function useHeading(tried: Tried, isSaved: boolean): string | undefined {
  const { test: text } = useText().bots.ai;
  const took = useTook();
  if (tried.state === 'none') return undefined;
  if (tried.state !== 'done') return text[tried.state];
  const passed = text.passed(took(tried.answer.ms));
  return isSaved ? passed : `${passed}, ${text.unsaved}`;
}

/** `412 ms`, `3.4 s`. */
export function useTook(): (ms: number) => string {
  const language = useLanguage();
  return (ms) => took(ms)(language);
}

function Mark({ state }: { state: Tried['state'] }) {
  if (state === 'done') return <DoneIcon />;
  if (state === 'failed') return <ProblemIcon />;
  return state === 'stopped' ? <StopIcon /> : <span aria-hidden="true" className={styles.dot} />;
}

function Answer({ answer }: { answer: BotAiTested }) {
  const { test: text } = useText().bots.ai;
  const { format } = new Intl.NumberFormat(useLanguage());
  const { reasoning, sources, tokens, is_cut: isCut } = answer;
  return (
    <>
      {reasoning !== null && reasoning !== '' && (
        <details className={styles.thoughts}>
          <summary>
            <OpenIcon size={16} /> {text.thoughts}
          </summary>
          <p dir="auto">{reasoning}</p>
        </details>
      )}
      <p className={styles.answer} dir="auto">
        {answer.text}
      </p>
      {sources.length > 0 && (
        <div className={styles.sources}>
          <p>{text.sources}</p>
          <ol>
            {sources.map((source) => (
              <li key={source}>
                <a href={source} rel="noopener noreferrer" target="_blank">
                  {source}
                </a>
              </li>
            ))}
          </ol>
        </div>
      )}
      <p className={styles.tokens}>
        {text.tokens(format(tokens.input), format(tokens.output))}
        {isCut && ` · ${text.cut}`}
      </p>
    </>
  );
}
