import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { DomainError, refuse } from '../../src-shared/errors.ts';

const MAX_FIELD_BYTES = 256 * 1024;

/** What busboy is told: one file, a few fields; the size of the file is for who reads it to limit. */
export const MULTIPART_LIMITS = {
  files: 1,
  fields: 20,
  parts: 21,
  fieldNameSize: 100,
  fieldSize: MAX_FIELD_BYTES,
  headerPairs: 50,
  fileSize: Number.POSITIVE_INFINITY,
};

export interface FormFile<Kept> {
  fields: Record<string, unknown>;
  /** What became of the file; undefined when there was none. */
  kept: Kept | undefined;
}

/**
 * Reads a form with one file, which is handed over as it comes, together with the fields before it. Whatever goes wrong,
 * the rest of the form is let go by, so that the program hears of it and the connection stays usable. When something is
 * wrong behind the file, `drop` gets what became of it.
 */
export async function readForm<Kept>(
  request: FastifyRequest,
  fileField: string,
  keep: (file: MultipartFile, fields: Record<string, unknown>) => Promise<Kept>,
  drop: (kept: Kept) => Promise<void>,
): Promise<FormFile<Kept>> {
  const fields: Record<string, unknown> = {};
  let kept: Kept | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        if (part.fieldname !== fileField)
          throw wrong(`\`${part.fieldname}\` must be \`${fileField}\`, if it is the file.`);
        // With the same name as a field: a form says everything once.
        kept = await keep(part, fields);
      } else {
        if (part.valueTruncated || part.fieldnameTruncated) throw wrong(`\`${part.fieldname}\` is too long.`);
        if (Object.hasOwn(fields, part.fieldname)) throw wrong(`\`${part.fieldname}\` is there twice.`);
        fields[part.fieldname] = part.value;
      }
    }
    return { fields, kept };
  } catch (error) {
    if (kept !== undefined) await drop(kept);
    request.raw.unpipe();
    request.raw.resume();
    throw error instanceof DomainError ? error : explain(error);
  }
}

const wrong = (reason: string) => refuse('request.invalid', { reason });

const LIMITS: Readonly<Record<string, string>> = {
  FST_FILES_LIMIT: 'Send one file at a time.',
  FST_FIELDS_LIMIT: 'The form has too many fields.',
  FST_PARTS_LIMIT: 'The form has too many fields.',
};

/** What the library and its parser find wrong; anything else is a defect of ours. */
function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code.startsWith('FST_')) return wrong(LIMITS[code] ?? 'The form cannot be read.');
  return /multipart|boundary|part terminated|malformed/i.test(error.message)
    ? wrong('The form is not complete, or not in the form that its Content-Type says (multipart/form-data).')
    : error;
}

/** Reads fields with a schema; names the one that is wrong, as for JSON. */
export function readFields<Schema extends z.ZodType>(schema: Schema, fields: unknown): z.output<Schema> {
  const read = schema.safeParse(fields);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  if (field === '') throw wrong('The body must be a JSON object with the fields of this route.');
  const said = issue?.message ?? '';
  throw wrong(`\`${field}\` ${said === '' || said.startsWith('Invalid input') ? 'is not valid' : said}`);
}
