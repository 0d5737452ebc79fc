import { describe, expect, it } from 'vitest';
import { eventNames } from '../../../src-renderer/event-reader.ts';

async function namesIn(...pieces: string[]): Promise<string[]> {
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = ReadableStream.from(bytes) as ReadableStream<Uint8Array>;
  const names: string[] = [];
  for await (const name of eventNames(body)) names.push(name);
  return names;
}

describe('the names of server-sent events', () => {
  it('come in order, whatever pieces the stream is cut into', async () => {
    const text = ': connected\n\nevent: bot.created\ndata: {"botId":1}\n\nevent: bot.deleted\ndata: {}\n\n';

    expect(await namesIn(text)).toEqual(['bot.created', 'bot.deleted']);
    expect(await namesIn(...text)).toEqual(['bot.created', 'bot.deleted']);
  });

  it('are neither comments nor data, and a line that is not over is no name yet', async () => {
    expect(await namesIn(': event: no\n\ndata: event: no\n\nevent: half')).toEqual([]);
  });
});
