import { type ReactNode, useState } from 'react';
import type { ChatMessage } from '../../../../src-shared/client/types.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import { Body } from '../text/body.tsx';
import { foldedOf, isUnfolded, unfold } from '../text/fold.ts';
import styles from './bubble.module.css';

interface SaidTextProps {
  message: ChatMessage;
  isAnswer: boolean;
  isEngine: boolean;
  /** Goes to the end of it. */
  children: ReactNode;
}

/** The text of a message; of a long one its beginning, until somebody wants all of it. */
export function SaidText({ message, isAnswer, isEngine, children }: SaidTextProps) {
  const words = useText().chats.message;
  const language = useLanguage();
  const { text, message_id: id } = message;
  const [isOpen, setOpen] = useState(isUnfolded(id));
  const folded = foldedOf(text);
  if (folded === undefined)
    return (
      <Body isAnswer={isAnswer} isEngine={isEngine} text={text}>
        {children}
      </Body>
    );
  const lines = text.split('\n').length;
  return (
    <>
      <Body isAnswer={isAnswer} isEngine={isEngine} text={isOpen ? text : `${folded.trimEnd()}…`}>
        {null}
      </Body>
      <div className={styles.fold}>
        <button
          aria-expanded={isOpen}
          className={styles.unfold}
          onClick={() => {
            unfold(id, !isOpen);
            setOpen(!isOpen);
          }}
          type="button"
        >
          {isOpen
            ? words.showLess
            : words.showAll(lines, new Intl.NumberFormat(language).format(text.length))}
        </button>
        {children}
      </div>
    </>
  );
}
