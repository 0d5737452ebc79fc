import type { MessageEntity } from 'grammy/types';

interface Styled {
  text: string;
  entities: MessageEntity[];
}

const SHORT: Record<string, string> = {
  b: 'bold',
  i: 'italic',
  u: 'underline',
  s: 'strikethrough',
  spoiler: 'spoiler',
  a: 'text_link',
  time: 'date_time',
  emoji: 'custom_emoji',
};
const ANNA = { id: 5_000_001, is_bot: false, first_name: 'Anna' };
const TAG = /<(\/?)([a-z_]+)((?: [a-z]+="[^"]*")*)>|⏎|&lt;/g;

/** Members of an entity besides its kind and place. */
function membersOf(type: string, given: string): object {
  const values = Object.fromEntries(
    [...given.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name = '', value]) => [name, value]),
  );
  if (type === 'text_link') return { url: values.href };
  if (type === 'pre') return values.language === undefined ? {} : { language: values.language };
  if (type === 'date_time') return { unix_time: Number(values.unix), date_time_format: values.format };
  if (type === 'custom_emoji') return { custom_emoji_id: values.id };
  return type === 'text_mention' ? { user: ANNA } : {};
}

/** Reads `<b>bold <i>both</i></b>`, with a tag for each kind of entity; ⏎ ends a line, and &lt; is a plain <. */
export function readNotation(notation: string): Styled {
  const open: { type: string; members: object; offset: number }[] = [];
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;
  for (const found of notation.matchAll(TAG)) {
    const [whole, slash, name = '', given = ''] = found;
    text += notation.slice(at, found.index);
    at = found.index + whole.length;
    const type = SHORT[name] ?? name;
    if (whole === '⏎') text += '\n';
    else if (whole === '&lt;') text += '<';
    else if (slash === '') open.push({ type, members: membersOf(type, given), offset: text.length });
    else {
      const index = open.findLastIndex((one) => one.type === type);
      const [begun] = index < 0 ? [] : open.splice(index, 1);
      if (!begun) throw new Error(`</${name}> ends nothing in ${notation}`);
      const { members, offset } = begun;
      entities.push({ type, ...members, offset, length: text.length - offset } as MessageEntity);
    }
  }
  if (open.length > 0) throw new Error(`<${open[0]?.type}> has no end in ${notation}`);
  text += notation.slice(at);
  return { text, entities: inOrder(entities) };
}

/** Outer ones first; those of the same place by name. */
export const inOrder = (entities: readonly MessageEntity[]): MessageEntity[] =>
  entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length || a.type.localeCompare(b.type));
