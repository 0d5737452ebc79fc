import { type ErrorCode, errorEntry } from '../../../src-shared/errors.ts';
import type { RouteCaller } from '../callers.ts';
import { failure, STATUS } from '../error-handler.ts';
import type { Answer, JsonSchema } from './types.ts';

export interface RefusingRoute {
  caller: RouteCaller;
  method: string;
  /** Whether it reads a path parameter, a query or a body. */
  hasInput: boolean;
  /** What the route itself refuses. */
  refuses: readonly ErrorCode[];
}

const OF_CALLER: Record<RouteCaller, readonly ErrorCode[]> = {
  bot: ['token.missing', 'token.unknown', 'bot.disabled', 'bots.disabled'],
  admin: ['admin.token-missing', 'admin.token-unknown', 'panel.session', 'admin.denied', 'host.unknown'],
  keeper: ['admin.keeper-only', 'admin.denied', 'host.unknown'],
  page: ['admin.denied', 'host.unknown'],
  anybody: ['host.unknown'],
};

/** Every refusal a request to that route can meet: at the door, while its body is read, and from the route itself. */
export function refusalsOf({ caller, method, hasInput, refuses }: RefusingRoute): ErrorCode[] {
  const changes = method !== 'get';
  return [
    ...new Set<ErrorCode>([
      ...(hasInput || changes ? (['request.invalid'] as const) : []),
      ...OF_CALLER[caller],
      ...(changes
        ? ([
            'body.media-type',
            'body.too-large',
            'storage.failed',
            'storage.not-flushed',
            'engine.stopping',
          ] as const)
        : []),
      ...(changes && caller === 'bot' ? (['bot.cloud-unavailable'] as const) : []),
      'rate.exceeded',
      ...refuses,
    ]),
  ];
}

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which trying again makes sense.',
    schema: { type: 'integer' },
  },
};

/** One failure answer per status, which lists the slugs it can carry and their words. */
export function failureAnswers(codes: readonly ErrorCode[]): Record<string, Answer> {
  const byStatus = Map.groupBy(codes, (code) => STATUS[errorEntry(code).kind]);
  const statuses = [...byStatus].sort(([left], [right]) => left - right);
  return Object.fromEntries(statuses.map(([status, some]) => [String(status), failureAnswer(status, some)]));
}

export function failureAnswer(status: number, codes: readonly ErrorCode[]): Answer {
  const slugs = [...new Set(codes.map((code) => errorEntry(code).slug))];
  const narrowed: JsonSchema = {
    type: 'object',
    properties: { error_code: { const: String(status) }, error: { enum: slugs } },
  };
  const example = (code: ErrorCode) => {
    const { slug, text } = errorEntry(code);
    return [code, { value: failure(status, slug, text) }];
  };
  return {
    description: codes.map((code) => errorEntry(code).text).join(' · '),
    ...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}),
    content: {
      'application/json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Failure' }, narrowed] },
        examples: Object.fromEntries(codes.map(example)),
      },
    },
  };
}
