import type { JsonSchema, OpenApiDocument, Operation } from '../../src-main/http/openapi/types.ts';

/** What an answer of status 200 may look like. */
export interface AnswerFields {
  /** Members that need not be there, as paths: `result[].data.nick`. */
  optional: string[];
  /** Objects that may have members nobody has described. */
  open: string[];
}

/** Reads from the document which fields the JSON answer of an operation may have. */
export function answerFields(operation: Operation, document: OpenApiDocument): AnswerFields {
  const optional = new Set<string>();
  const open = new Set<string>();

  function walk(schema: JsonSchema, at: string, seen: readonly string[]): void {
    const name = schema.$ref?.split('/').at(-1);
    if (name !== undefined) {
      // A type that holds itself is described by then.
      if (!seen.includes(name)) walk(document.components.schemas[name] ?? {}, at, [...seen, name]);
      return;
    }
    for (const one of [schema.anyOf, schema.oneOf, schema.allOf].flatMap((all) => all ?? []))
      walk(one, at, seen);
    if (schema.type === 'object') {
      const rest = schema.additionalProperties;
      const isDescribed = rest === false || (typeof rest === 'object' && Object.keys(rest).length > 0);
      if (!isDescribed) open.add(at);
      if (typeof rest === 'object') walk(rest, `${at}{}`, seen);
    }
    for (const [field, own] of Object.entries(schema.properties ?? {})) {
      const path = at === '' ? field : `${at}.${field}`;
      if (!schema.required?.includes(field)) optional.add(path);
      walk(own, path, seen);
    }
    if (schema.items) walk(schema.items, `${at}[]`, seen);
  }

  walk(operation.responses[200]?.content?.['application/json']?.schema ?? {}, '', []);
  return { optional: [...optional].sort(), open: [...open].sort() };
}

/** The values at such a path in an answer; none where it is not there. */
export function valuesAt(answer: unknown, path: string): unknown[] {
  let found = [answer];
  for (const step of path.split('.')) {
    const name = step.replace('[]', '');
    found = found.flatMap((value) => {
      const member = (value as Record<string, unknown> | null | undefined)?.[name];
      if (member === undefined) return [];
      return step.endsWith('[]') ? (member as unknown[]) : [member];
    });
  }
  return found;
}
