import { Textarea } from '@mantine/core';
import { type BotAi, PROMPT_LENGTH } from '../../../../src-shared/api/ai.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import styles from './ai.module.css';
import type { Draft } from './use-draft.ts';

/** What the model is told about itself. Empty, the usual one holds. */
export function Prompt({ ai, draft }: { ai: BotAi; draft: Draft }) {
  const text = useText().bots.ai;
  const { format } = new Intl.NumberFormat(useLanguage());
  const { system } = draft.values;
  const isUsual = system.trim() === '' || (ai.is_usual_system && system === ai.system);
  const length = [...system].length;
  return (
    <div>
      <Textarea
        autosize
        aria-describedby="ai-prompt-help"
        dir="auto"
        error={length > PROMPT_LENGTH}
        label={text.prompt}
        maxRows={12}
        minRows={2}
        onChange={(event) => draft.set('system', event.currentTarget.value)}
        value={system}
      />
      <div className={styles.under}>
        <span id="ai-prompt-help">
          {isUsual ? text.promptUsual : text.promptHelp}{' '}
          <span className={length > PROMPT_LENGTH ? styles.bad : styles.count}>
            {text.promptLength(format(length), format(PROMPT_LENGTH))}
          </span>
        </span>
        {!isUsual && (
          <button
            className={styles.link}
            onClick={() => draft.set('system', ai.is_usual_system ? ai.system : '')}
            type="button"
          >
            {text.promptReset}
          </button>
        )}
      </div>
    </div>
  );
}
