import type { CodeSample, OpenApiDocument, Operation } from '../openapi/types.ts';
import { type Field, fieldTable, membersOf } from './fields.ts';
import { highlight } from './highlight.ts';
import { type Html, html, prose } from './html.ts';
import { objectIn } from './sample.ts';

export interface Entry {
  path: string;
  method: string;
  operation: Operation;
}

/** What a caller has to show, in a few words. */
function needed({ security, 'x-caller': caller }: Operation): string {
  if (caller === 'bot') return 'bot token';
  if (caller === 'keeper') return 'through the socket in the data folder only';
  if (caller !== 'admin') return 'no token';
  const isOpenHere = security.some((scheme) => Object.keys(scheme).length === 0);
  return isOpenHere ? 'no token on this machine, else the admin token' : 'admin token';
}

/** One route: what it takes on the left, how that is written and answered on the right. */
export function routeSection({ path, method, operation }: Entry, document: OpenApiDocument): Html {
  const { operationId, summary, description, responses } = operation;
  const { '200': success, ...failures } = responses;
  return html`<article id="${operationId}" data-find="${`${path} ${summary} ${operationId}`.toLowerCase()}">
<div class="said">
<h3>${methodMark(method)} <span class="path">${path}</span></h3>
<p class="who">${needed(operation)} · <code>${operationId}</code></p>
<p>${prose(summary)}${description === undefined ? undefined : html`<br>${prose(description)}`}</p>
${fieldTables(operation, document)}
<details><summary>Failures: ${Object.keys(failures).join(', ')}</summary>
<table><tbody>${Object.entries(failures).flatMap(([status, { content }]) =>
    failureRows(status, content?.['application/json']?.examples ?? {}),
  )}</tbody></table></details>
</div>
<div class="shown">
${samples(operation['x-codeSamples'] ?? [], operationId)}
${Object.entries(success?.content ?? {}).map(([type, { examples }]) => answer(type, examples?.example?.value))}
</div>
</article>`;
}

export const methodMark = (method: string): Html =>
  html`<b class="method ${method}">${method.toUpperCase()}</b>`;

function fieldTables(operation: Operation, { components }: OpenApiDocument): Html[] {
  const parameters = (operation.parameters ?? []).map(
    ({ name, required, description, schema, in: where }): Field & { where: string } => ({
      name,
      isRequired: required,
      schema: description === undefined ? schema : { ...schema, description },
      where,
    }),
  );
  const at = (where: string) => parameters.filter((one) => one.where === where);
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]): [string, Field[]] => [
      type === 'application/json' ? 'Body (JSON)' : 'Body (form with a file)',
      membersOf(objectIn(schema, components)),
    ],
  );
  const groups: [string, Field[]][] = [
    ['Path', at('path')],
    ['Query', at('query')],
    ['Headers', at('header')],
    ...bodies,
  ];
  return groups
    .filter(([, fields]) => fields.length > 0)
    .map(([caption, fields]) => fieldTable(caption, fields));
}

/** Without the script all languages are shown, one below the other. */
function samples(all: readonly CodeSample[], id: string): Html {
  const kinds = [...new Set(all.map(({ lang }) => lang))];
  return html`<div class="code"><div class="tabs" role="tablist" aria-label="Language">${kinds.map(
    (lang) =>
      html`<button type="button" role="tab" id="${id}-${lang}-tab" aria-controls="${id}-${lang}" data-choose="${lang}">${NAMES[lang]}</button>`,
  )}</div>
${kinds.map(
  (lang) =>
    html`<div role="tabpanel" id="${id}-${lang}" aria-labelledby="${id}-${lang}-tab" data-lang="${lang}">${all
      .filter((sample) => sample.lang === lang)
      .map(
        ({ label, source }, index) =>
          html`${index === 0 ? undefined : html`<p class="label">${label}</p>`}<pre tabindex="0"><code>${highlight(lang, source)}</code></pre>`,
      )}</div>`,
)}</div>`;
}
const NAMES: Record<CodeSample['lang'], string> = {
  Shell: 'curl',
  Python: 'Python',
  TypeScript: 'TypeScript',
};

const answer = (type: string, value: unknown): Html =>
  html`<div class="code answer"><p class="label">200${type === 'application/json' ? '' : ` · ${type}`}</p>${
    value === undefined
      ? undefined
      : html`<pre tabindex="0"><code>${highlight('JSON', JSON.stringify(value, undefined, 2))}</code></pre>`
  }</div>`;

function failureRows(status: string, examples: Record<string, { value: unknown }>): Html[] {
  return Object.values(examples).map(({ value }) => {
    // Written by `failureAnswer` in the shape of the envelope.
    const { error, description } = value as { error: string; description: string };
    return html`<tr><td>${status}</td><td><code>${error}</code></td><td>${prose(description)}</td></tr>`;
  });
}
