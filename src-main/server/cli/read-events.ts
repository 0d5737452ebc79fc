import type { Readable } from 'node:stream';

/** Server-sent events of an answer, one after the other; their data is JSON. Comments are left out. */
export async function* readEvents(stream: Readable): AsyncGenerator<{ name: string; data: unknown }> {
  let left = '';
  for await (const piece of stream.setEncoding('utf8')) {
    const blocks = `${left}${piece}`.split('\n\n');
    left = blocks.pop() ?? '';
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (name !== undefined && data !== undefined) yield { name, data: JSON.parse(data) };
    }
  }
}
