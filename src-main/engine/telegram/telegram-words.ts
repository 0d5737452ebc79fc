import type { Language, Translate } from '../../../src-shared/text/translate.ts';
import { cleanFileName } from '../../base/file-name.ts';
import { escapeStyling } from '../../base/message-styling.ts';
import {
  fromStyled,
  type TelegramMedia,
  type TelegramMessage,
  type TelegramText,
  toStyled,
} from '../../gateways/telegram/index.ts';
import { foreignText } from '../../gateways/xmpp/foreign-text.ts';
import { isUnstyled } from '../../gateways/xmpp/xep-0393-styling.ts';
import type { TelegramTask } from '../../store/telegram-outgoing-repository.ts';
import type { IncomingMessage } from '../messages/read-message.ts';

/** What XML cannot carry, and controls that a terminal would follow. */
const UNWANTED = /[^\t\n\u{20}-\u{7E}\u{A0}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const cleaned = (text: string): string => text.replace(/\r\n?/g, '\n').replace(UNWANTED, '');

/** An address with the key of a file in it: that goes to nobody else. */
const WITH_KEY = /aesgcm:\/\/\S*/gi;
const BEGINNING = 200;
const QUOTED_LINES = 4;
const QUOTED_LENGTH = 200;

/** A message as it is said here. */
export interface SaidHere {
  text: string;
  /** It is styled (XEP-0393); otherwise nothing in it is. */
  hasMarkup: boolean;
}

/** The beginning of a text, in one line. */
export function beginningOf(text: string): string {
  const line = text
    .slice(0, BEGINNING * 4)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > BEGINNING ? `${characters.slice(0, BEGINNING - 1).join('')}…` : line;
}

const asQuote = (text: string): string => {
  const start = [...cleaned(text)].slice(0, QUOTED_LENGTH).join('');
  const lines = start.split('\n').slice(0, QUOTED_LINES);
  return lines.map((line) => `> ${line}`).join('\n');
};

const shownSize = (bytes: number, language: Language): string => {
  const units = ['B', 'kB', 'MB', 'GB'];
  let [size, unit] = [bytes, 0];
  while (size >= 999.5 && unit < units.length - 1) [size, unit] = [size / 1_000, unit + 1];
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  return `${size.toLocaleString(language, { maximumFractionDigits: digits })} ${units[unit]}`;
};

const shownDuration = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** What something that is no text is, in one line (a poll and its like: with a line for each choice). */
export function mediaLine(media: TelegramMedia, t: Translate, language: Language): string {
  const { name, detail, emoji, value, width, height, durationS, sizeBytes, latitude, longitude, items } =
    media;
  const facts = [
    ...(emoji === undefined ? [] : [emoji]),
    ...(value === undefined ? [] : [String(value)]),
    ...(detail && media.kind === 'audio' ? [`${foreignText(detail)} –`] : []),
    ...(name ? [foreignText(name)] : []),
    ...(detail && media.kind !== 'audio' ? [foreignText(detail)] : []),
    ...(width !== undefined && height !== undefined ? [`${width}×${height}`] : []),
    ...(durationS === undefined ? [] : [shownDuration(durationS)]),
    ...(sizeBytes === undefined ? [] : [shownSize(sizeBytes, language)]),
    ...(latitude === undefined || longitude === undefined ? [] : [`${latitude}, ${longitude}`]),
    ...(media.isHidden ? [`(${t('telegram.hidden')})`] : []),
  ];
  const line = `[${[t(`telegram.media.${media.kind}`), ...facts].join(' ')}]`;
  const choices = (items ?? []).map(({ text, isDone }) => {
    const box = isDone === undefined ? '•' : isDone ? '☑' : '☐';
    return `${box} ${foreignText(text)}`;
  });
  return [line, ...choices].join('\n');
}

/**
 * A message of Telegram as it is said here: who said it, then what. `isNew`: it takes the place of no other one.
 * `quoted`: what it answers, where that is no message that is known here.
 */
export function saidHere(
  message: TelegramMessage,
  { t, language, isQuoting }: { t: Translate; language: Language; isQuoting: boolean },
  { isNew }: { isNew: boolean },
): SaidHere {
  const from = foreignText(message.from) || '?';
  const header = `[Telegram] ${message.isEdit && isNew ? t('telegram.edited', { from }) : from}:`;
  const { text, media, forwardedFrom, replyTo } = message;
  const before = [
    ...(forwardedFrom === undefined ? [] : [t('telegram.forwarded', { from: foreignText(forwardedFrom) })]),
    ...(media ? [mediaLine(media, t, language)] : []),
  ];
  const quote = isQuoting && replyTo && replyTo.text.trim() !== '' ? asQuote(replyTo.text) : undefined;
  if (text.entities.length === 0 && quote === undefined) {
    const said = [header, ...before, ...(text.text === '' ? [] : [text.text])].join('\n');
    return { text: cleaned(said), hasMarkup: false };
  }
  const said = [
    escapeStyling(header),
    ...(quote === undefined ? [] : [quote]),
    ...before.map(escapeStyling),
    ...(text.text === '' ? [] : [toStyled(text)]),
  ].join('\n');
  return { text: cleaned(said), hasMarkup: true };
}

/** A text under a line that says whose it is. */
export function underHeader(from: string, { text, entities }: TelegramText): TelegramText {
  const header = `[XMPP] ${from}:\n`;
  return {
    text: header + text,
    entities: entities.map((entity) => ({ ...entity, offset: entity.offset + header.length })),
  };
}

/** How a message begins that waits to be said there, without the line that says whose it is. */
export function beginningOfTask(task: TelegramTask): string {
  const [first] = task.kind === 'delete' ? [] : task.parts;
  return beginningOf(first?.text.replace(/^\[XMPP\] [^\n]*\n/, '') ?? '');
}

/** What a message of the owner says at Telegram; undefined: nothing. A file is named, never its address. */
export function saidThere(
  { text, files, stanza }: Pick<IncomingMessage, 'text' | 'files' | 'stanza'>,
  t: Translate,
  language: Language,
): TelegramText | undefined {
  const lines = files.map(({ name, sizeBytes }) => {
    const size = sizeBytes === undefined ? '' : ` (${shownSize(sizeBytes, language)})`;
    return `[${t('telegram.file')} ${cleanFileName(name)}${size}]`;
  });
  let words = files.reduce((left, { url }) => left.replaceAll(url, ''), text);
  const hadKey = words.search(WITH_KEY) >= 0;
  words = words.replace(WITH_KEY, files.length > 0 ? '' : `[${t('telegram.file')}]`);
  if (files.length > 0 || hadKey) words = words.trim();
  const said = [...lines, ...(words.trim() === '' ? [] : [words])].join('\n');
  if (said.trim() === '') return undefined;
  return isUnstyled(stanza) ? { text: said, entities: [] } : fromStyled(said);
}
