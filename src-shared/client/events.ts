/** A server-sent event, its data as text. */
export interface RawEvent {
  event: string;
  id: string | undefined;
  data: string;
}

/**
 * Reads server-sent events as HTML defines them (section 9.2.6), except that ids do not carry over. `EventSource` would
 * read them too, but cannot send a token.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<RawEvent, void, undefined> {
  let fields: Record<string, string> = {};
  for await (const line of linesOf(body)) {
    if (line === '') {
      const { event = 'message', id, data } = fields;
      if (data !== undefined) yield { event, id, data };
      fields = {};
    }
    const [, name = '', value = ''] = /^([^:]+)(?:: ?(.*))?$/.exec(line) ?? [];
    // Data of several lines are one text.
    if (name === 'data' && fields.data !== undefined) fields.data += `\n${value}`;
    else fields[name] = value;
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // A carriage return at the end may be the first half of a line end.
      const lines = (rest + part.value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    // Who stops reading wants the connection closed; a stream that broke off is closed already.
    await reader.cancel().catch(() => undefined);
  }
}
