import { z } from 'zod';
import type { ChatRequest, ChatUse } from './chat.ts';

/** So many letters are a token, roughly, in the languages that models are mostly asked in. */
const LETTERS_PER_TOKEN = 4;
const tokensOf = (letters: number): number => Math.ceil(letters / LETTERS_PER_TOKEN);

const Count = z.number().nullish();
const AnthropicUse = z.object({ input_tokens: Count, output_tokens: Count });
/** What a frame of a stream may say, by provider: Anthropic, Google, and who speaks like OpenAI. */
const Frame = z.object({
  message: z.object({ usage: AnthropicUse.nullish() }).nullish(),
  usage: AnthropicUse.extend({ prompt_tokens: Count, completion_tokens: Count }).nullish(),
  usageMetadata: z
    .object({ promptTokenCount: Count, candidatesTokenCount: Count, thoughtsTokenCount: Count })
    .nullish(),
});

/**
 * What an answer uses while it comes, for the case that it never ends: what the provider said of it so far, else what the
 * letters come to.
 */
export function tokenMeter({ system, turns, onUse }: Pick<ChatRequest, 'system' | 'turns' | 'onUse'>) {
  const asked = turns.reduce((sum, { text }) => sum + text.length, system.length);
  let letters = 0;
  let said: { input?: number | undefined; output?: number | undefined } = {};

  function tell(): void {
    const written = tokensOf(letters);
    const { input = tokensOf(asked), output = 0 } = said;
    const use: ChatUse = {
      input,
      output: Math.max(output, written),
      isEstimate: said.input === undefined || said.output === undefined || written > output,
      hasBegun: letters > 0,
    };
    onUse?.(use);
  }

  return {
    /** The question goes out. */
    sent: tell,
    /** More of the answer, or of what is thought before it. */
    piece(text: string): void {
      letters += text.length;
      tell();
    },
    /** A frame as it came. */
    frame(value: unknown): void {
      const { data } = Frame.safeParse(value);
      if (!data) return;
      const { message, usage, usageMetadata: google } = data;
      const thought = google?.thoughtsTokenCount ?? 0;
      const written = google?.candidatesTokenCount ?? (thought > 0 ? 0 : undefined);
      const input =
        message?.usage?.input_tokens ??
        usage?.input_tokens ??
        usage?.prompt_tokens ??
        google?.promptTokenCount;
      const output =
        (written === undefined ? undefined : written + thought) ??
        usage?.output_tokens ??
        usage?.completion_tokens ??
        message?.usage?.output_tokens;
      if (input == null && output == null) return;
      said = { input: input ?? said.input, output: output ?? said.output };
      tell();
    },
  };
}
