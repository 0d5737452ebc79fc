import { z } from 'zod';

/** A whole number, as JSON or as query text; anything else names the field. */
export function wholeNumber(min: number, max: number) {
  const words = `must be a whole number from ${min} to ${max}`;
  return (
    z
      .union(
        [
          z.number(),
          z
            .string()
            .regex(/^-?\d{1,15}$/)
            .transform(Number),
        ],
        { error: ({ input }) => (input === undefined ? 'is missing' : words) },
      )
      .refine((value) => Number.isInteger(value) && value >= min && value <= max, words)
      // As it is described to others: the text form is for queries and shells.
      .meta({ anyOf: undefined, type: 'integer', minimum: min, maximum: max })
  );
}

/** A text; missing and other types are named in words. */
export const text = (max: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text') })
    .max(max, `must be at most ${max} characters long`);

/** Object answers carry their members at the top level and in `result`. */
export const envelope = <Shape extends z.ZodRawShape>(result: z.ZodObject<Shape>) =>
  z.object({ ...result.shape, ok: z.literal(true), result });

/** Lists and `true`. */
export const answer = <Result extends z.ZodType>(result: Result) => z.object({ ok: z.literal(true), result });

/** What a call without a result of its own answers. */
export const Done = answer(z.literal(true));

/** Server-sent events, as a route declares them. */
export const EventStream = { content: { 'text/event-stream': { schema: z.string() } } };

/** Beside a reason in words: what it is, for programs and for other languages. */
export const Cause = z
  .object({
    code: z.string().describe('Stays the same whatever the words become: `webhook.answered`, `http.cut` …'),
    values: z.record(z.string(), z.string()).describe('What the words are filled with: `{"status":"503"}`.'),
  })
  .meta({ id: 'Cause' });
/** As it stands in an answer. */
export const cause = Cause.nullable().describe(
  'The same as a code; null: nothing failed, or somebody else said it.',
);

/** Every failure of every route. */
export const Failure = z.object({
  ok: z.literal(false),
  error_code: z.string(),
  error: z.string(),
  description: z.string(),
  parameters: z.object({ retry_after: z.number() }).optional(),
});

/** The types an update can have; a program gets those it asks for, `message` unless it says otherwise. */
export const UpdateType = z.enum([
  'message',
  'reaction',
  'edited_message',
  'deleted_message',
  'room_joined',
  'room_left',
  'message_state',
  'bridge_message',
]);

/** As a JSON list, or in a query as JSON or names separated by commas. */
export const AllowedUpdates = z.union(
  [
    z.array(UpdateType).min(1),
    z
      .string()
      .transform((value) =>
        value
          .replace(/[[\]"\s]/g, '')
          .split(',')
          .filter(Boolean),
      )
      .pipe(z.array(UpdateType).min(1)),
  ],
  { error: `must be a list of update types; there are ${UpdateType.options.join(', ')}` },
);
