/**
 * The names in a stream of server-sent events, as they come. `EventSource` would read them too, but cannot send the
 * session. Only names are of interest, so data are skipped.
 */
export async function* eventNames(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, name] = /^event: ?(.+)$/.exec(line) ?? [];
        if (name !== undefined) yield name;
      }
    }
  } finally {
    reader.releaseLock();
  }
}
