import { ProviderError } from './provider-error.ts';

const LONGEST_LINE = 1024 * 1024;

/** The values of an answer that has one in each line. Throws what `JSON.parse` throws. */
export async function* jsonLines(response: Response): AsyncGenerator<unknown> {
  if (!response.body) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of response.body) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new ProviderError('garbage', 'a line of the answer does not end');
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield JSON.parse(rest);
}
