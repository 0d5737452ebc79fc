import type { OpenApiDocument } from '../../../src-main/http/openapi/types.ts';
import { functionText, type Route } from './function-text.ts';
import { commentText, objectText, typeText } from './type-text.ts';

const HEADER =
  '// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).\n';

/** Which routes stand in which module. */
const MODULES: Readonly<Record<string, (route: Route) => boolean>> = {
  'programs.ts': ({ operation }) => ['bot', 'anybody'].includes(operation['x-caller']),
  'management.ts': ({ operation, path }) => operation['x-caller'] === 'admin' && !path.startsWith('/api/'),
  'window.ts': ({ path }) => path.startsWith('/api/'),
};

/** The generated modules of the typed client by name, before the formatter has seen them. */
export function clientFiles(document: OpenApiDocument): Record<string, string> {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const homeless = routes.find((route) => !Object.values(MODULES).some((isHome) => isHome(route)));
  if (homeless) throw new Error(`no module of the client takes ${homeless.method} ${homeless.path}`);
  const types = typesText(document);
  const modules = Object.entries(MODULES).map(([name, isHome]) => {
    const text = routes
      .filter(isHome)
      .map((route) => functionText(route, document))
      .join('\n');
    return [name, `${HEADER}${importsOf(text, Object.keys(document.components.schemas))}\n${text}`];
  });
  return { 'types.ts': types, ...Object.fromEntries(modules) };
}

function importsOf(text: string, components: string[]): string {
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(text);
  const types = components.filter(uses).sort();
  const readers = ['bytesOf', 'eventsOf', 'resultOf', 'wholeOf'].filter(uses);
  return [
    `import { ${[...readers, ...(uses('ServerEvent') ? ['type ServerEvent'] : [])].join(', ')} } from './answers.ts';`,
    "import type { CallOptions, Client } from './client.ts';",
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from './types.ts';`] : []),
    '',
  ].join('\n');
}

function typesText({ components, paths }: OpenApiDocument): string {
  const { Failure: _, ...schemas } = components.schemas;
  const declared = Object.entries(schemas)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, schema]) =>
      schema.properties
        ? `${commentText(schema.description)}export interface ${name} ${objectText(schema, 'output')}\n`
        : `${commentText(schema.description)}export type ${name} = ${typeText(schema, 'output')};\n`,
    );
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
  return [
    HEADER,
    ...declared,
    "export type UpdateType = Update['type'];\n",
    `/** What \`error\` of a failure can say. */\nexport type ErrorCode = ${codes.join(' | ')};\n`,
  ].join('\n');
}

/** The word of a failure; nothing for an example of an answer. */
const wordOf = (value: unknown): string[] => {
  const { ok, error } = value as { ok?: boolean; error?: string };
  return ok === false && error !== undefined ? [error] : [];
};
