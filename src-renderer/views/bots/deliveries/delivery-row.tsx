import { Button, Checkbox, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Delivery } from '../../../../src-shared/client/types.ts';
import { deliveryQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { OpenIcon } from '../../../ui/icons.tsx';
import { useWhen } from '../../../ui/use-when.ts';
import { AttemptTrack } from './attempt-track.tsx';
import styles from './webhook.module.css';

interface DeliveryRowProps {
  id: number;
  delivery: Delivery;
  isOpen: boolean;
  onToggle: () => void;
  onReplay: () => void;
  isChosen?: boolean;
  /** Absent: it cannot be chosen. */
  onChoose?: (isChosen: boolean) => void;
}

/** One update on its way; open, with every attempt, what was sent and what was answered. */
export function DeliveryRow(props: DeliveryRowProps) {
  const { id, delivery, isOpen, isChosen = false, onToggle, onReplay, onChoose } = props;
  const { bots } = useText();
  const text = bots.webhook;
  const when = useWhen();
  const { update_id, update_type, conversation, state, attempts, attempt_count, created_at } = delivery;
  const last = attempts.at(-1);
  // Attempts are known for a day, and what was given up is kept longer.
  const outcome = last === undefined && state !== 'dead' ? text.inLine : String(last?.status ?? '–');
  return (
    <li className={styles.delivery} data-open={isOpen || undefined}>
      <div className={styles.line}>
        {onChoose && (
          <Checkbox
            aria-label={text.choose(update_id)}
            checked={isChosen}
            className={styles.choose ?? ''}
            onChange={(event) => onChoose(event.currentTarget.checked)}
          />
        )}
        <UnstyledButton aria-expanded={isOpen} className={styles.toggle ?? ''} onClick={onToggle}>
          <VisuallyHidden>{text.delivery}</VisuallyHidden>
          <OpenIcon size={16} />
          <b
            className={`${styles.code} ${last === undefined ? '' : last.error === null ? styles.good : styles.poor}`}
          >
            {outcome}
          </b>
          <span className={styles.type}>{update_type}</span>
          <bdi className={styles.conversation}>{conversation}</bdi>
          <span className={styles.meta}>{text.number(update_id)}</span>
          <span className={styles.meta}>
            {attempt_count > 0 ? text.attempts(attempt_count) : when(created_at)}
          </span>
        </UnstyledButton>
        {state === 'dead' && (
          <Button aria-label={text.replayOf(update_id)} onClick={onReplay} size="xs" variant="default">
            {text.replay}
          </Button>
        )}
      </div>
      {isOpen && <Open delivery={delivery} id={id} />}
    </li>
  );
}

const headerText = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

function Open({ id, delivery }: { id: number; delivery: Delivery }) {
  const { webhook: text } = useText().bots;
  const { data } = useQuery(deliveryQuery(id, delivery.update_id));
  return (
    <div className={styles.open}>
      <AttemptTrack delivery={delivery} />
      {data && (
        <div className={styles.exchange}>
          <CodeBlock
            shown={
              data.attempt_count === 0
                ? text.noRequest
                : `POST ${data.request.url}\n${headerText(data.request.headers)}\n\n${data.request.body ?? ''}`
            }
            title={text.request}
            what={text.request}
          />
          <CodeBlock
            shown={
              data.answer
                ? `${data.answer.status}\n${headerText(data.answer.headers)}\n\n${data.answer.body}`
                : text.noAnswer
            }
            title={text.answer}
            what={text.answer}
          />
        </div>
      )}
    </div>
  );
}
