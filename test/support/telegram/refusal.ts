/** Telegram says no, in the words of its own server. */
export class BotApiRefusal extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;

  constructor(code: number, description: string, parameters?: BotApiRefusal['parameters']) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (why: string) => new BotApiRefusal(400, `Bad Request: ${why}`);
export const forbidden = (why: string) => new BotApiRefusal(403, `Forbidden: ${why}`);
export const conflict = (why: string) => new BotApiRefusal(409, `Conflict: ${why}`);
