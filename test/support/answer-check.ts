import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Answer, Method, OpenApiDocument } from '../../src-main/http/openapi/types.ts';

export interface AnswerSeen {
  method: string;
  url: string;
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** What is not described, because it is the description. */
const OUTSIDE = /^\/(openapi\.json|docs(\/[\w.]+)?)$/;

/** What no refusal may show: a stack, a place on this machine, a secret. */
const LEAKS =
  /\n\s+at |node_modules|src-main|\.[tj]s:\d|\/tmp\/|\/home\/|SQLITE|bma?_[0-9a-f]{16}|whsec_[A-Za-z0-9+/]{8}/;

/** Holds answers against the OpenAPI document. The result lists what is wrong with one, in words. */
export function answerCheck(document: OpenApiDocument): (answer: AnswerSeen) => string[] {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'openapi');
  const templates = Object.keys(document.paths)
    .sort((left, right) => Number(left.includes('{')) - Number(right.includes('{')))
    .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }));

  /** Where the answer is described, as a path into the document. */
  function described({ method, url, status }: AnswerSeen): { answer: Answer; at: string[] } | string {
    const [asked = ''] = url.split('?');
    const path = templates.find(({ pattern }) => pattern.test(asked))?.path;
    const general = (name: string) => {
      const answer = document.components.responses[name];
      return answer ? { answer, at: ['components', 'responses', name] } : `the document has no ${name}`;
    };
    if (path === undefined) {
      if (status === 400) return general('UnreadablePath');
      return status === 404 ? general('UnknownRoute') : `there is no path ${asked} in the document`;
    }
    // The compiler takes the name for one of ours; if it is another one, nothing is found.
    const operation = document.paths[path]?.[method.toLowerCase() as Method];
    if (!operation)
      return status === 405 ? general('WrongMethod') : `${path} has no ${method} in the document`;
    const answer = operation.responses[status];
    if (!answer) return `status ${status} is not listed: add the refusal to refused-by-route.ts`;
    return { answer, at: ['paths', path, method.toLowerCase(), 'responses', String(status)] };
  }

  return (seen) => {
    if (OUTSIDE.test(seen.url)) return [];
    const found = described(seen);
    if (typeof found === 'string') return [`${found}; it answered ${seen.text}`];
    const type = String(seen.headers['content-type'] ?? '').split(';')[0] ?? '';
    if (!found.answer.content?.[type] && !found.answer.content?.['*/*'])
      return [`content type ${type} is not listed for ${seen.status}`];
    if (type !== 'application/json') return [];

    const pointer = [...found.at, 'content', type, 'schema'].map(
      (step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`,
    );
    const validate = ajv.getSchema(`openapi#${pointer.join('')}`);
    if (!validate) return [`the document has nothing at ${pointer.join('')}`];
    const problems: string[] = [];
    const body: unknown = JSON.parse(seen.text);
    if (!validate(body)) problems.push(`${ajv.errorsText(validate.errors)} in ${seen.text}`);
    if (seen.status !== 200) problems.push(...failureProblems(seen, body));
    return problems;
  };
}

function failureProblems({ status, headers, text }: AnswerSeen, body: unknown): string[] {
  const { error, parameters } = body as { error?: string; parameters?: { retry_after: number } };
  const after = headers['retry-after'];
  return [
    ...(LEAKS.test(text) ? [`it shows what it must not: ${text}`] : []),
    ...(status === 405 && !headers.allow ? ['Allow is missing'] : []),
    ...(error === 'rate_limited' && !parameters ? ['parameters.retry_after is missing'] : []),
    ...(String(parameters?.retry_after) === String(after) ? [] : ['Retry-After and parameters differ']),
  ];
}
