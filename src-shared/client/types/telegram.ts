// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).

export interface BotTelegram {
  enabled: boolean;
  configured: boolean;
  /** Masked. */
  token: string | null;
  username: string | null;
  /** As far as Telegram told of it. */
  chat: TelegramChat | null;
  mode: 'bridge' | 'forward';
  /** Whether the answers of the bot's AI go to Telegram too. */
  ai_answers: boolean;
  state: 'off' | 'connecting' | 'online' | 'trouble';
  trouble: {
    kind:
      | 'unreachable'
      | 'token'
      | 'webhook'
      | 'other-program'
      | 'chat'
      | 'blocked'
      | 'rate'
      | 'encryption'
      | 'failed';
    since: number;
    retry_at: number | null;
  } | null;
  /** Host of a webhook that keeps news from us. */
  webhook: string | null;
  waiting: number;
  last_received: number | null;
  last_sent: number | null;
  /** The newest 20, newest first. */
  recent: {
    at: number;
    to: 'xmpp' | 'telegram';
    from: string;
    /** Its beginning. */
    text: string;
    state: 'waiting' | 'done' | 'failed';
  }[];
}

export interface TelegramChat {
  id: string;
  kind: 'private' | 'group' | 'supergroup' | 'channel';
  /** Of a person: first and last name. */
  title: string;
  username: string | null;
}
