import { Kbd } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { ChatCommand } from '../../../queries/chat-commands.ts';
import { useText } from '../../../text/use-text.ts';
import styles from './palette.module.css';

export const optionId = (list: string, index: number) => `${list}-${index}`;

interface PaletteProps {
  id: string;
  /** In the order of the list: grouped, or the best first. */
  commands: readonly ChatCommand[];
  isRanked: boolean;
  /** Nothing fits; this was probably meant. */
  suggestion: ChatCommand | undefined;
  typed: string;
  chosen: number;
  total: number;
  onChoose: (index: number) => void;
  onRun: (command: ChatCommand) => void;
}

/** The commands of a conversation above its field, and what the chosen one does. */
export function Palette(props: PaletteProps) {
  const { id, commands, isRanked, suggestion, typed, chosen, total, onChoose, onRun } = props;
  const text = useText().chats.palette;
  const hasPreview = useMediaQuery('(min-width: 960px)', true, { getInitialValueInEffect: false });
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen comes into sight
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, commands]);
  const shown = commands.length > 0 ? commands : suggestion ? [suggestion] : [];
  const current = shown[chosen];
  return (
    // The field keeps the focus, whatever is clicked here.
    <div className={styles.palette} onPointerDown={(event) => event.preventDefault()}>
      <div className={styles.parts}>
        <div aria-label={text.label} className={styles.list} id={id} ref={list} role="listbox">
          {commands.length === 0 && (
            <p className={styles.none}>{suggestion ? text.unknownNear(typed) : text.unknown(typed)}</p>
          )}
          {shown.map((command, index) => {
            const before = shown[index - 1];
            const hasTitle = !isRanked && commands.length > 0 && before?.group !== command.group;
            return (
              <div key={command.name} role="presentation">
                {hasTitle && <div className={styles.group}>{text.groups[command.group]}</div>}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys */}
                <div
                  aria-selected={index === chosen}
                  className={styles.option}
                  id={optionId(id, index)}
                  onClick={() => onRun(command)}
                  onPointerMove={() => onChoose(index)}
                  role="option"
                  tabIndex={-1}
                >
                  <code className={styles.name}>
                    /{command.name} <span className={styles.args}>{command.args}</span>
                  </code>
                  <span className={styles.summary}>{command.summary}</span>
                  {index === chosen && <Kbd size="xs">Enter</Kbd>}
                </div>
              </div>
            );
          })}
        </div>
        {hasPreview && current && (
          <div className={styles.preview}>
            <code className={styles.title}>/{current.name}</code>
            <p>{current.summary}</p>
            {current.args !== '' && (
              <>
                <p className={styles.then}>{text.thenType}</p>
                <code className={styles.argsAlone}>{current.args}</code>
              </>
            )}
          </div>
        )}
      </div>
      <footer className={styles.foot}>
        <span>
          <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {text.choose}
        </span>
        <span>
          <Kbd size="xs">Tab</Kbd> {text.complete}
        </span>
        <span>
          <Kbd size="xs">Enter</Kbd> {text.run}
        </span>
        <span>
          <Kbd size="xs">Esc</Kbd> {text.close}
        </span>
        <span className={styles.total}>{text.count(total)}</span>
      </footer>
    </div>
  );
}
