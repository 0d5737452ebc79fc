import type { JsonSchema, OpenApiDocument, Operation } from '../openapi/types.ts';
import { Html, html, prose } from './html.ts';
import { curl, objectIn, sample } from './sample.ts';
import { STYLE } from './style.ts';

/** The OpenAPI document as one page to read: no script, nothing loaded from anywhere. */
export function docsPage(document: OpenApiDocument): string {
  const { info, tags, components } = document;
  const server = document.servers[0]?.url ?? '';
  const sections = tags
    .map(({ name, description }) => ({
      name,
      description,
      operations: operationsOf(document).filter(({ operation }) => operation.tags.includes(name)),
    }))
    .filter(({ operations }) => operations.length > 0);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Botmother: HTTP API</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>Botmother <small>HTTP API, version ${info.version}</small></h1>
<p>${prose(info.description)}</p>
<p>Base URL <code>${server}</code> · as data: <a href="/openapi.json">OpenAPI 3.1</a></p>
</header>
<nav aria-label="Routes">${sections.map(contents)}</nav>
<main>
${sections.map(
  ({ name, description, operations }) => html`<section><h2>${name}</h2><p>${description}</p>
${operations.map((entry) => route(entry, server, components))}</section>`,
)}
<section><h2>Every failure</h2><p>${prose('Besides the failures of each route: an unknown path is 404 `not_found`, a method that a path does not take is 405 `method_not_allowed` with the header `Allow`.')}</p>
<pre>${JSON.stringify(components.responses.UnknownRoute?.content?.['application/json']?.examples?.['route.unknown']?.value, undefined, 2)}</pre></section>
</main>
</body>
</html>
`.text;
}

/** Who may call a route, in a word or two. */
const CALLERS: Record<Operation['x-caller'], string> = {
  bot: 'bot token',
  admin: 'you',
  keeper: 'window and CLI only',
  page: 'the panel',
  anybody: '',
};

interface Entry {
  path: string;
  method: string;
  operation: Operation;
}

const operationsOf = ({ paths }: OpenApiDocument): Entry[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

const contents = ({ name, operations }: { name: string; operations: Entry[] }) =>
  html`<h2>${name}</h2><ul>${operations.map(
    ({ path, method, operation }) =>
      html`<li><a href="#${operation.operationId}"><b>${method.toUpperCase()}</b> ${path}</a></li>`,
  )}</ul>`;

function route(
  { path, method, operation }: Entry,
  server: string,
  components: OpenApiDocument['components'],
): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const { '200': success, ...failures } = responses;
  const body = requestBody?.content['application/json']?.schema;
  const fields = [
    ...parameters.map(({ name, required, description, schema }) =>
      row(name, required, description === undefined ? schema : { ...schema, description }),
    ),
    ...(body ? rowsOf(objectIn(body, components)) : []),
  ];
  return html`<article id="${operationId}">
<h3><b>${method.toUpperCase()}</b> ${path} <span>${CALLERS[operation['x-caller']]}</span></h3>
<p>${prose(summary)}${description === undefined ? undefined : html`<br>${prose(description)}`}</p>
${fields.length > 0 ? html`<table><thead><tr><th>Field</th><th>Value</th><th>Meaning</th></tr></thead><tbody>${fields}</tbody></table>` : undefined}
<pre>${curl(server, path, method, operation, components)}</pre>
<p>Answer</p>
${Object.entries(success?.content ?? {}).map(([type, { schema }]) =>
  type === 'application/json'
    ? html`<pre>${JSON.stringify(sample(schema, components), undefined, 2)}</pre>`
    : html`<pre>${type}</pre>`,
)}
<details><summary>Failures: ${Object.keys(failures).join(', ')}</summary><table><tbody>${Object.entries(
    failures,
  ).flatMap(([status, { content }]) =>
    failureRows(status, content?.['application/json']?.examples ?? {}),
  )}</tbody></table></details>
</article>`;
}

function failureRows(status: string, examples: Record<string, { value: unknown }>): Html[] {
  return Object.values(examples).map(({ value }) => {
    // Written by `failureAnswer` in the shape of the envelope.
    const { error, description } = value as { error: string; description: string };
    return html`<tr><td>${status}</td><td><code>${error}</code></td><td>${prose(description)}</td></tr>`;
  });
}

const rowsOf = ({ properties = {}, required = [] }: JsonSchema): Html[] =>
  Object.entries(properties).map(([name, schema]) => row(name, required.includes(name), schema));

const row = (name: string, isRequired: boolean, schema: JsonSchema): Html =>
  html`<tr><td><code>${name}</code>${isRequired ? html` <em>required</em>` : undefined}</td><td>${kind(schema)}</td><td>${prose(schema.description ?? '')}</td></tr>`;

/** What a value looks like, in a few words. */
function kind(schema: JsonSchema): string {
  const { type, anyOf, minimum, maximum, maxLength } = schema;
  const unset = schema.default === undefined ? '' : ` (${JSON.stringify(schema.default)})`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.join(' | ') + unset;
  if (anyOf && type === undefined) return [...new Set(anyOf.map(kind))].join(' or ') + unset;
  const name = [type ?? 'anything'].flat().join(' or ');
  if (type === 'array' && schema.items) return `list of ${kind(schema.items)}${unset}`;
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER)
    return `${name} ${minimum ?? ''}–${maximum}${unset}`;
  return name + (maxLength === undefined ? '' : ` up to ${maxLength}`) + unset;
}
