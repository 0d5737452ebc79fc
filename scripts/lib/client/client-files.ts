import type { OpenApiDocument } from '../../../src-main/http/openapi/types.ts';
import { functionText } from './function-text.ts';
import { byResource } from './resources.ts';
import { typeFiles } from './type-files.ts';

const HEADER =
  '// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).\n';
const givingOn = (folder: string, names: string[]) =>
  HEADER + names.map((name) => `export * from './${folder}/${name}.ts';\n`).join('');

/**
 * The generated modules of the typed client by path, before the formatter has seen them: one for each resource, and those
 * that give them on, which is where others import from.
 */
export function clientFiles(document: OpenApiDocument): Record<string, string> {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const files: Record<string, string> = {};
  const types = typeFiles(document);
  files['types.ts'] = givingOn('types', Object.keys(types));
  for (const [name, text] of Object.entries(types)) files[`types/${name}.ts`] = `${HEADER}${text}`;
  for (const [entry, resources] of byResource(routes)) {
    files[`${entry}.ts`] = givingOn(entry, [...resources.keys()].sort());
    for (const [name, own] of resources) {
      const text = own.map((route) => functionText(route, document)).join('\n');
      const imports = importsOf(text, Object.keys(document.components.schemas));
      files[`${entry}/${name}.ts`] = `${HEADER}${imports}\n${text}`;
    }
  }
  return files;
}

function importsOf(text: string, components: string[]): string {
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(text);
  const types = components.filter(uses).sort();
  const readers = ['bytesOf', 'eventsOf', 'resultOf', 'wholeOf'].filter(uses);
  return [
    `import { ${[...readers, ...(uses('ServerEvent') ? ['type ServerEvent'] : [])].join(', ')} } from '../answers.ts';`,
    "import type { CallOptions, Client } from '../client.ts';",
    ...(types.length > 0 ? [`import type { ${types.join(', ')} } from '../types.ts';`] : []),
    '',
  ].join('\n');
}
