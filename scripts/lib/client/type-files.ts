import type { OpenApiDocument } from '../../../src-main/http/openapi/types.ts';
import { commentText, objectText, typeText } from './type-text.ts';

/** The modules of the shapes, by the names of what stands in them; what no other takes is the last one's. */
const HOMES: readonly (readonly [module: string, isHome: (name: string) => boolean])[] = [
  ['updates', (name) => /Update(Data)?$/.test(name)],
  ['telegram', (name) => name.includes('Telegram')],
  ['ai', (name) => /^(Bot)?Ai[A-Z]|^BotAi$/.test(name)],
  ['resources', () => true],
];

/** The shapes of what is given and taken, and the words of failures: by module. */
export function typeFiles({ components, paths }: OpenApiDocument): Record<string, string> {
  const { Failure: _, ...schemas } = components.schemas;
  const homeOf = (name: string) => HOMES.find(([, isHome]) => isHome(name))?.[0] ?? '';
  const names = Object.groupBy(Object.keys(schemas).sort(), homeOf);
  const files = Object.entries(names).map(([home, own = []]): [string, string] => {
    const text = own.map((name) => declaration(name, schemas[name] ?? {})).join('\n');
    const others = Object.entries(names)
      .filter(([other]) => other !== home)
      .flatMap(([other, theirs = []]) => {
        const used = theirs.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
        return used.length === 0 ? [] : [`import type { ${used.join(', ')} } from './${other}.ts';\n`];
      });
    return [home, `${others.join('')}\n${text}`];
  });
  const more: Record<string, string> = { updates: "\nexport type UpdateType = Update['type'];\n" };
  return Object.fromEntries(
    [
      ...files.map(([name, text]) => [name, text + (more[name] ?? '')]),
      ['errors', errorsText({ components, paths })],
    ].sort(),
  );
}

function declaration(name: string, schema: OpenApiDocument['components']['schemas'][string]): string {
  const comment = commentText(schema.description);
  return schema.properties
    ? `${comment}export interface ${name} ${objectText(schema, 'output')}\n`
    : `${comment}export type ${name} = ${typeText(schema, 'output')};\n`;
}

function errorsText({ components, paths }: Pick<OpenApiDocument, 'components' | 'paths'>): string {
  const slugs = new Set(
    [
      ...Object.values(paths).flatMap((methods) => Object.values(methods)),
      { responses: components.responses },
    ].flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ content }) =>
        Object.values(content?.['application/json']?.examples ?? {}).flatMap(({ value }) => wordOf(value)),
      ),
    ),
  );
  const codes = [...slugs].sort().map((slug) => JSON.stringify(slug));
  return `\n/** What \`error\` of a failure can say. */\nexport type ErrorCode = ${codes.join(' | ')};\n`;
}

/** The word of a failure; nothing for an example of an answer. */
const wordOf = (value: unknown): string[] => {
  const { ok, error } = value as { ok?: boolean; error?: string };
  return ok === false && error !== undefined ? [error] : [];
};
