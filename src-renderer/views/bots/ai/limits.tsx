import { NumberInput, Title } from '@mantine/core';
import type { Setting } from '../../../../src-shared/client/types.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import styles from './ai.module.css';
import { BELOW } from './below.ts';
import type { Draft } from './use-draft.ts';
import { AI_NUMBERS } from './values.ts';

/** Whether a number may be what it is. */
export const isInRange = ({ min, max }: Setting, value: Setting['value']): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= (min ?? 0) && value <= (max ?? value);

/** How much it answers at most. */
export function Limits({ draft, settings }: { draft: Draft; settings: readonly Setting[] }) {
  const text = useText().bots.ai;
  const language = useLanguage();
  const { format } = new Intl.NumberFormat(language);
  return (
    <section aria-labelledby="ai-limits">
      <Title className={styles.title} id="ai-limits" order={2}>
        {text.limits}
      </Title>
      <div className={styles.numbers}>
        {AI_NUMBERS.map((name) => {
          const setting = settings.find(({ key }) => key === name);
          if (!setting) return null;
          const value = draft.values[name];
          return (
            <NumberInput
              {...BELOW}
              allowDecimal={false}
              allowNegative={false}
              // What is out of range is said in words; nobody wants what was made of it.
              clampBehavior="none"
              decimalSeparator={language === 'de' ? ',' : '.'}
              description={name === 'ai_month_tokens' ? text.noLimit : undefined}
              error={
                !isInRange(setting, value) && text.range(format(setting.min ?? 0), format(setting.max ?? 0))
              }
              hideControls
              key={name}
              label={setting.label}
              onChange={(next) => draft.set(name, next)}
              thousandSeparator={language === 'de' ? '.' : ','}
              value={value as number | string}
            />
          );
        })}
      </div>
    </section>
  );
}
