const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** XEP-0082, 3.2: the text of an instant. */
export const formatDateTime = (instantMs: number): string => new Date(instantMs).toISOString();

/** Unix milliseconds of a DateTime (XEP-0082, 3.2); undefined for any other text. */
export function parseDateTime(text: string | undefined): number | undefined {
  if (text === undefined || !DATE_TIME.test(text)) return undefined;
  const instantMs = Date.parse(text);
  return Number.isNaN(instantMs) ? undefined : instantMs;
}
