const OPENING = '<think>';
const CLOSING = '</think>';
const FENCE = '```';

export interface Thoughts {
  text: string;
  reasoning: string;
}

/** The length of the longest end of `text` that is a beginning of `mark`, and not the whole of it. */
function beginningAtEnd(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--)
    if (mark.startsWith(text.slice(-length))) return length;
  return 0;
}

/** What a line may turn out to begin with. */
function markOf(line: string, isInCode: boolean): string | undefined {
  if (line.startsWith('`')) return FENCE;
  return line.startsWith('<') && !isInCode ? OPENING : undefined;
}

/**
 * Parts what a model says from what it writes between `<think>` and `</think>`, over pieces cut anywhere. A thought begins
 * where a line begins, outside of code: who asks about the tag itself gets it.
 */
export function thinkTags() {
  let held = '';
  let isThinking = false;
  let isInCode = false;
  /** Only white space since the line began. */
  let atLineStart = true;

  function take(thoughts: Thoughts, isLast: boolean): void {
    while (held !== '') {
      if (isThinking) {
        const at = held.indexOf(CLOSING);
        const end = at >= 0 ? at : held.length - (isLast ? 0 : beginningAtEnd(held, CLOSING));
        thoughts.reasoning += held.slice(0, end);
        held = held.slice(at >= 0 ? at + CLOSING.length : end);
        if (at < 0) return;
        isThinking = false;
        atLineStart = true;
        continue;
      }
      if (atLineStart) {
        const rest = held.trimStart();
        thoughts.text += held.slice(0, held.length - rest.length);
        held = rest;
        const mark = markOf(rest, isInCode);
        // Not yet to be told apart.
        if (rest === '' || (mark && !isLast && rest.length < mark.length && mark.startsWith(rest))) return;
        if (mark === OPENING && rest.startsWith(OPENING)) {
          held = rest.slice(OPENING.length);
          isThinking = true;
          continue;
        }
        if (mark === FENCE && rest.startsWith(FENCE)) isInCode = !isInCode;
        atLineStart = false;
      }
      const newline = held.indexOf('\n');
      const end = newline >= 0 ? newline + 1 : held.length;
      thoughts.text += held.slice(0, end);
      held = held.slice(end);
      if (newline >= 0) atLineStart = true;
    }
  }

  return {
    next(piece: string): Thoughts {
      const thoughts = { text: '', reasoning: '' };
      held += piece;
      take(thoughts, false);
      return thoughts;
    },
    /** What is still kept back. */
    end(): Thoughts {
      const thoughts = { text: '', reasoning: '' };
      take(thoughts, true);
      return thoughts;
    },
  };
}
