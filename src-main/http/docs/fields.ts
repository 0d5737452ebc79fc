import type { JsonSchema } from '../openapi/types.ts';
import { type Html, html, prose } from './html.ts';

export interface Field {
  name: string;
  isRequired: boolean;
  schema: JsonSchema;
}

/** A table of fields: their names, what they can hold, what they mean. */
export const fieldTable = (caption: string, fields: readonly Field[]): Html =>
  html`<table><caption>${caption}</caption><thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Meaning</th></tr></thead>
<tbody>${fields.map(row)}</tbody></table>`;

/** The members of an object. */
export const membersOf = ({ properties = {}, required = [] }: JsonSchema): Field[] =>
  Object.entries(properties).map(([name, schema]) => ({ name, isRequired: required.includes(name), schema }));

const row = ({ name, isRequired, schema }: Field): Html =>
  html`<tr><td><code>${name}</code>${isRequired ? html` <em>required</em>` : undefined}</td><td>${kind(schema)}</td><td>${prose(schema.description ?? '')}</td></tr>`;

/** What a value looks like, in a few words. */
function kind(schema: JsonSchema): string {
  const { type, anyOf, minimum, maximum, maxLength } = schema;
  const unset = schema.default === undefined ? '' : ` (${JSON.stringify(schema.default)})`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.join(' | ') + unset;
  if (schema.format === 'binary' || schema.contentMediaType !== undefined) return 'file';
  if (anyOf && type === undefined) return [...new Set(anyOf.map(kind))].join(' or ') + unset;
  const name = [type ?? 'anything'].flat().join(' or ');
  if (type === 'array' && schema.items) return `list of ${kind(schema.items)}${unset}`;
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER)
    return `${name} ${minimum ?? ''}–${maximum}${unset}`;
  return name + (maxLength === undefined ? '' : ` up to ${maxLength}`) + unset;
}
