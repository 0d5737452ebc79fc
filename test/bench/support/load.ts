import { Pool } from 'undici';

export interface LoadResult {
  /** Requests a second. */
  rate: number;
  /** Parsed bodies, in the order in which the requests were started. */
  bodies: Record<string, unknown>[];
}

/** Sends `count` requests with `inFlight` at a time; every answer has to be 200. */
export async function load(
  origin: string,
  request: (index: number) => {
    method: 'GET' | 'POST';
    path: string;
    headers?: Record<string, string>;
    body?: string;
  },
  { count, inFlight }: { count: number; inFlight: number },
): Promise<LoadResult> {
  const pool = new Pool(origin, { connections: inFlight, pipelining: 1 });
  const bodies: Record<string, unknown>[] = new Array(count);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) {
      const { statusCode, body } = await pool.request(request(index));
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`request ${index} was answered ${statusCode}: ${text}`);
      bodies[index] = JSON.parse(text);
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - startedMs) / 1_000;
  await pool.close();
  return { rate: count / seconds, bodies };
}
