import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MessageEntity } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { fromStyled } from '../../../../src-main/gateways/telegram/styling/from-styled.ts';
import { splitText } from '../../../../src-main/gateways/telegram/styling/split-text.ts';
import { toStyled } from '../../../../src-main/gateways/telegram/styling/to-styled.ts';
import type { TelegramText } from '../../../../src-main/gateways/telegram/telegram-api.ts';
import { inOrder, readNotation } from '../../../support/telegram/notation.ts';
import { acceptText } from '../../../support/telegram/text.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../../../docs/telegram-formatting.md'), 'utf8');

/** The rows of the table below a heading; what stands in a code span, without it. */
function rowsBelow(heading: string): string[][] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return own
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map(cellOf),
    );
}

function cellOf(written: string): string {
  const cell = written.trim().replaceAll('\\|', '|');
  const [, , code] = /^(`+)(?!`)(.*[^`])\1$/s.exec(cell) ?? [];
  if (code === undefined) return cell;
  return /^ .* $/s.test(code) ? code.slice(1, -1) : code;
}

const styledOf = (cell: string) => cell.replaceAll('⏎', '\n').replaceAll('{wj}', '\u2060');
const shown = ({ text, entities }: TelegramText) => ({ text, entities: inOrder(entities) });

/** All there are: the compiler knows of new ones. */
const KINDS: Record<MessageEntity['type'], true> = {
  mention: true,
  hashtag: true,
  cashtag: true,
  bot_command: true,
  url: true,
  email: true,
  phone_number: true,
  bold: true,
  italic: true,
  underline: true,
  strikethrough: true,
  spoiler: true,
  blockquote: true,
  expandable_blockquote: true,
  code: true,
  pre: true,
  text_link: true,
  text_mention: true,
  custom_emoji: true,
  date_time: true,
};

describe('from Telegram', () => {
  const rows = rowsBelow('From Telegram');

  it.each(rows)('%s: %s', (_, notation = '', styled = '', back = '') => {
    const given = readNotation(notation);

    expect(toStyled(given)).toBe(styledOf(styled));
    const returned = fromStyled(toStyled(given));
    expect(shown(returned)).toEqual(back === 'the same' ? given : readNotation(back));
    expect(() => acceptText(returned.text, returned.entities)).not.toThrow();
  });

  it('is listed for every kind of entity that Telegram has', () => {
    const listed = new Set(
      rows.flatMap(([, notation = '']) => readNotation(notation).entities.map(({ type }) => type)),
    );

    expect([...listed].sort()).toEqual(Object.keys(KINDS).sort());
  });
});

it('has rows in every table', () => {
  const counts = ['From Telegram', 'From XMPP', 'Long texts'].map((heading) => rowsBelow(heading).length);

  expect(counts.every((count) => count >= 8)).toBe(true);
});

describe('from XMPP', () => {
  it.each(rowsBelow('From XMPP'))('%s: %s', (_, styled = '', notation = '', back = '') => {
    const made = fromStyled(styledOf(styled));

    expect(shown(made)).toEqual(readNotation(notation));
    expect(toStyled(made)).toBe(styledOf(back === 'the same' ? styled : back));
    expect(() => acceptText(made.text, made.entities)).not.toThrow();
  });
});

describe('long texts', () => {
  const rows = rowsBelow('Long texts');

  it.each(rows)('%s', (given = '', length = '', messages = '') => {
    const [, piece = '', times = '', isCode] = /^`(.+)` × (\d+)(, in a block of code)?$/.exec(given) ?? [];
    const text = styledOf(piece).repeat(Number(times));
    const styled = isCode ? `\`\`\`ts\n${text.trimEnd()}\n\`\`\`` : text.trimEnd();
    const parts = splitText(fromStyled(styled));
    const spaceless = (one: string) => one.replace(/\s/g, '');

    expect(text.length).toBe(Number(length));
    expect(parts).toHaveLength(Number(messages));
    expect(spaceless(parts.map((part) => part.text).join(''))).toBe(spaceless(fromStyled(styled).text));
    for (const part of parts) {
      // Nothing is taken away there, so every place is right.
      expect(acceptText(part.text, part.entities)).toEqual(part);
      expect(spaceless(toStyled(part))).not.toBe('');
    }
    const again = parts.map(toStyled).join('\n');
    expect(spaceless(again).replaceAll('``````ts', '')).toBe(spaceless(styled));
  });
});
