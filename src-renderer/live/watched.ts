/** The engine says something every 25 seconds, if only that it is there. */
export const SILENT_MS = 75_000;

/**
 * The stream as it is, watched: after a silence that no living engine keeps, `onSilent` is called once. A connection that
 * died without a word (the machine slept, the network changed) looks just like one on which nothing happens.
 */
export function watched(body: ReadableStream<Uint8Array>, onSilent: () => void): ReadableStream<Uint8Array> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(onSilent, SILENT_MS);
  };
  const reader = body.getReader();
  heard();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          heard();
          controller.enqueue(value);
          return;
        }
        clearTimeout(timer);
        controller.close();
      } catch (error) {
        clearTimeout(timer);
        controller.error(error);
      }
    },
    async cancel(reason) {
      clearTimeout(timer);
      await reader.cancel(reason);
    },
  });
}
