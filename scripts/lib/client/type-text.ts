import type { JsonSchema } from '../../../src-main/http/openapi/types.ts';

const NAME = /^[A-Za-z_]\w*$/;
/** A field of a request; its members may be left out by being undefined, too. */
export type Side = 'input' | 'output';

/** A schema as a TypeScript type. */
export function typeText(schema: JsonSchema, side: Side): string {
  const { $ref, type, properties, items, anyOf, oneOf, additionalProperties } = schema;
  if ($ref !== undefined) return $ref.split('/').at(-1) ?? 'unknown';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.format === 'binary' || schema.contentMediaType !== undefined) return 'Blob';
  if (properties && Object.keys(properties).length > 0) return objectText(schema, side);
  const branches = anyOf ?? oneOf;
  if (branches) return [...new Set(branches.map((branch) => typeText(branch, side)))].join(' | ');
  const kinds = [type ?? []].flat();
  if (kinds.length > 1) return kinds.map((kind) => typeText({ ...schema, type: kind }, side)).join(' | ');
  switch (kinds[0]) {
    case 'string':
    case 'boolean':
    case 'null':
      return kinds[0];
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return items ? `(${typeText(items, side)})[]` : 'unknown[]';
    case 'object':
      return typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0
        ? `Record<string, ${typeText(additionalProperties, side)}>`
        : 'Record<string, unknown>';
    default:
      return 'unknown';
  }
}

/** With a comment on each member that has a description. */
export function objectText({ properties = {}, required = [] }: JsonSchema, side: Side): string {
  const members = Object.entries(properties).map(([name, member]) => {
    const isNeeded = required.includes(name);
    const type = typeText(member, side) + (isNeeded || side === 'output' ? '' : ' | undefined');
    return `${commentText(member.description)}${NAME.test(name) ? name : JSON.stringify(name)}${isNeeded ? '' : '?'}: ${type};\n`;
  });
  return `{\n${members.join('')}}`;
}

/** Lines of at most so many characters, as comments here have. */
const WIDTH = 104;

/** A documentation comment, or nothing. */
export function commentText(...paragraphs: (string | undefined)[]): string {
  const lines = paragraphs
    .filter((text) => text !== undefined && text !== '')
    .flatMap((text) => folded(text ?? ''));
  if (lines.length === 0) return '';
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}\n`).join('')} */\n`;
}

function folded(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll('*/', '*\\/').split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
