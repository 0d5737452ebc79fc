import { ApiError } from './api-error.ts';
import type { Call, CallOptions, Client } from './client.ts';
import { readEvents } from './events.ts';

/** The whole JSON of an answer. */
export async function wholeOf<Answer>(client: Client, call: Call, options?: CallOptions): Promise<Answer> {
  const answer = await client.send(call, options);
  try {
    return (await answer.json()) as Answer;
  } catch (error) {
    options?.signal?.throwIfAborted();
    const where = `${call.method} ${call.path}`;
    throw new ApiError(where, { code: 'unexpected_answer', httpStatus: answer.status, cause: error });
  }
}

/** The member `result` of an answer, where everything in it stands. */
export async function resultOf<Result>(client: Client, call: Call, options?: CallOptions): Promise<Result> {
  const answer = await wholeOf<{ result?: Result } | null>(client, call, options);
  if (typeof answer === 'object' && answer !== null && 'result' in answer) return answer.result as Result;
  throw new ApiError(`${call.method} ${call.path}`, { code: 'unexpected_answer', httpStatus: 200 });
}

/** An answer that is a file. */
export async function bytesOf(client: Client, call: Call, options?: CallOptions): Promise<Blob> {
  return (await client.send({ ...call, accept: '*/*' }, options)).blob();
}

/** One of the server-sent events of a stream. */
export interface ServerEvent<Data> {
  /** Its name, `message` where it has none. */
  event: string;
  id: string | undefined;
  data: Data;
}

/** The events of an answer that does not end by itself, as they come. Leaving the loop ends the connection. */
export async function* eventsOf<Data>(
  client: Client,
  call: Call,
  options?: CallOptions,
): AsyncGenerator<ServerEvent<Data>, void, undefined> {
  const { body } = await client.send({ ...call, accept: 'text/event-stream' }, options);
  if (!body) return;
  for await (const { event, id, data } of readEvents(body))
    yield { event, id, data: JSON.parse(data) as Data };
}
