/** Nobody is kept waiting for longer, whatever a provider writes. */
export const MOST_RETRY_AFTER_MS = 60 * 60_000;

function fromSeconds(text: string | undefined): number | undefined {
  const [, number] = /^\s*(\d+(?:\.\d+)?)\s*s?\s*$/.exec(text ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * 1_000;
}

function fromDate(text: string | undefined, now: number): number | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : at - now;
}

/**
 * After how long a provider asks to be tried again: its headers, else what it wrote into the body. Capped; undefined where
 * it asks for nothing that can be understood.
 */
export function retryAfterMs(
  header: (name: string) => string | undefined,
  inBody: string | undefined,
  now: number,
): number | undefined {
  const exact = /^\d+$/.test(header('retry-after-ms') ?? '') ? Number(header('retry-after-ms')) : undefined;
  const asked =
    exact ??
    fromSeconds(header('retry-after')) ??
    fromDate(header('retry-after'), now) ??
    fromSeconds(inBody);
  return asked === undefined ? undefined : Math.min(Math.max(asked, 0), MOST_RETRY_AFTER_MS);
}
