import type { BareJid } from '../../src-shared/jid.ts';
import type { Translate } from '../../src-shared/text/translate.ts';
import { messageUri } from '../../src-shared/xmpp-uri.ts';
import type { Answer } from '../engine/messages/inbound-roles.ts';

/** Asks before something that cannot be taken back. */
export interface Question {
  question: string;
  /** What to type in chat to say yes. */
  confirmWith: string;
}

/** A line that can be typed next. */
export interface MenuItem {
  command: string;
  label: string;
  /** With what may stand behind it. */
  usage?: string;
  /** What it belongs to, where there are several kinds. */
  group?: string;
}

/** A text with what can be done next. */
export interface MenuPage {
  text: string;
  items: readonly MenuItem[];
  /** The text names them already: where nothing can be chosen they are not listed again. */
  isNamed?: true;
}

/** It is answered by messages of their own. */
export interface Later {
  /** What is said of that where there is no chat. */
  later: string;
}

/** What a command answers, whichever edge asked. */
export type CommandAnswer = string | Question | MenuPage | Later;

/** Between the parts of a page. */
export const RULE = '─'.repeat(20);
/** Under its title. */
export const TITLE_RULE = '═'.repeat(20);

/**
 * As it is said in a chat: buttons for clients that have them (XEP-0439), links for those that follow them (XEP-0147), and
 * numbers for everybody.
 */
export function chatAnswer(answer: CommandAnswer, { jid, t }: { jid: BareJid; t: Translate }): Answer {
  if (typeof answer === 'string') return { text: answer };
  if ('question' in answer) {
    const { question, confirmWith: command } = answer;
    const text = t('confirm.chat', { question, command });
    return { text, offers: [{ command, label: t('confirm.yes') }] };
  }
  if ('later' in answer) return { text: '' };
  const { text, items } = answer;
  if (items.length === 0) return { text };
  const offers = items.map(({ command, label }) => ({ command, label }));
  const lines = items.flatMap((item, index) => [
    ...groupOf(items, index),
    `${index + 1}. ${lineOf(item)}`,
    `   ${messageUri(jid, item.command)}`,
  ]);
  return { text: [text, RULE, ...lines, RULE, t('menu.choose')].join('\n'), offers, isMenu: true };
}

/** As it stands in a note, where nothing can be chosen. */
export function noteText({ text, items, isNamed }: MenuPage): string {
  if (isNamed) return text;
  const lines = items.flatMap((item, index) => [...groupOf(items, index), lineOf(item)]);
  return [text, ...(lines.length === 0 ? [] : [RULE]), ...lines].join('\n');
}

const lineOf = ({ command, usage, label }: MenuItem) => `${usage ?? command} - ${label}`;
/** The name of a group, above its first item. */
function groupOf(items: readonly MenuItem[], index: number): string[] {
  const group = items[index]?.group;
  return group === undefined || group === items[index - 1]?.group ? [] : [group];
}
