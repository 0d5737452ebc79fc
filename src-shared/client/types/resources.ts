// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).

export interface Activity {
  since: number;
  step_s: number;
  slots: {
    received: number;
    sent: number;
    failed: number;
  }[];
  totals: {
    received: number;
    sent: number;
    failed: number;
  };
}

export interface Attempt {
  number: number;
  at: number;
  ms: number;
  /** Null: there was no answer. */
  status: number | null;
  /** In words; null: it was delivered. */
  error: string | null;
  /** The same as a code; null: nothing failed, or somebody else said it. */
  cause: Cause | null;
}

export interface Bot {
  id: number;
  name: string;
  jid: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  status: 'active' | 'disabled';
  description: string;
  /** Unix seconds. */
  created_at: number;
  /** Absent where it may not be shown, empty when revoked. */
  token?: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | 'unavailable';
  last_active: number | null;
}

export interface Cause {
  /** Stays the same whatever the words become: `webhook.answered`, `http.cut` … */
  code: string;
  /** What the words are filled with: `{"status":"503"}`. */
  values: Record<string, string>;
}

export interface Chat {
  account: string;
  jid: string;
  kind: 'self' | 'bot' | 'contact' | 'room';
  name: string;
  /** The dedicated bot that is spoken to. */
  bot_id: number | null;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | null;
  presence: 'online' | 'away' | 'dnd' | 'offline' | null;
  /** A person on the contact list of the account. */
  contact: boolean;
  encryption: {
    /** What is written now goes encrypted, in clear, or nowhere: it must be encrypted and cannot be. */
    state: 'on' | 'off' | 'impossible';
    devices: number;
    new_devices: number;
    reason: string | null;
  };
  last: ChatMessage | null;
  unread: number;
  mentions: number;
  muted: boolean;
  draft: string;
  read_up_to: number | null;
  typing: string[];
}

export interface ChatFile {
  name: string;
  type: string;
  size: number | null;
  width: number | null;
  height: number | null;
  path: string | null;
  problem: string | null;
}

export interface ChatMessage {
  id: number;
  message_id: string;
  account: string;
  chat: string;
  /** `notice`: said by the engine about the conversation, never sent: what could not be decrypted … */
  kind: 'text' | 'notice';
  outgoing: boolean;
  /** Bare address; in rooms the nickname. */
  author: string;
  by: 'person' | 'bot' | 'engine';
  /** The bot that spoke through this account. */
  bot_id: number | null;
  text: string;
  /** Hint of a text that stays closed until asked for (XEP-0382). */
  spoiler: string | null;
  sent_at: number;
  state: 'queued' | 'sent' | 'acked' | 'delivered' | 'displayed' | 'failed' | null;
  /** Why it failed, in words. */
  reason: string | null;
  /** The same as a code; null: nothing failed, or somebody else said it. */
  cause: Cause | null;
  encrypted: boolean;
  edited: boolean;
  retracted: boolean;
  reply_to: {
    message_id: string;
    id: number | null;
    author: string;
    excerpt: string;
  } | null;
  reactions: ChatReaction[];
  files: ChatFile[];
  /** Quick responses (XEP-0439) that still can be given. */
  actions: {
    value: string;
    label: string;
  }[];
  /** Of a notice: what it is about, how many messages, what may be done. */
  notice: {
    code: string;
    count: number;
    action: string | null;
  } | null;
}

export interface ChatReaction {
  emoji: string;
  count: number;
  own: boolean;
  authors: string[];
}

export interface Delivery {
  update_id: number;
  delivery_id: string;
  update_type: string;
  conversation: string;
  state: 'waiting' | 'retrying' | 'delivered' | 'dead';
  created_at: number;
  next_try: number | null;
  /** The newest 20. */
  attempts: Attempt[];
  attempt_count: number;
}

export interface Device {
  jid: string;
  device: number;
  /** Null until its keys were seen. */
  fingerprint: string | null;
  /** A new device may chat; its commands wait until it is trusted. */
  trust: 'trusted' | 'new' | 'distrusted';
  label: string | null;
  /** Where it is listed now; empty: it is gone. */
  versions: ('omemo2' | 'legacy')[];
  /** Unix seconds. */
  first_seen: number;
  /** Unix seconds of its last message. */
  last_seen: number | null;
}

export interface HealthFinding {
  level: 'ok' | 'note' | 'warning' | 'error';
  code: string;
  title: string;
  detail: string | null;
  fix: {
    text: string;
    /** The same for a terminal. */
    cli: string;
    action:
      | 'sign-in'
      | 'account'
      | 'switch-on-account'
      | 'choose-operator'
      | 'switch-on-bots'
      | 'api-settings'
      | 'server-settings'
      | 'restart-bot'
      | 'bot-devices'
      | 'bot-webhook'
      | 'bot-telegram'
      | 'bot-ai'
      | null;
  } | null;
  /** What it is about. */
  account: string | null;
  bot_id: number | null;
}

export interface LogLine {
  /** Unix seconds, with milliseconds. */
  time: number;
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  message: string;
  /** What else the line has, without secrets. */
  details: Record<string, unknown>;
}

export interface Sandbox {
  state: 'off' | 'starting' | 'running' | 'failed';
  /** What starts one is beside this engine. */
  can_start: boolean;
  /** Why it did not start, as its program said it. */
  problem: string | null;
  service: string | null;
  /** Its certificate (PEM): to be given when signing in. */
  ca: string | null;
  accounts: {
    jid: string;
    password: string;
  }[];
  /** What makes accounts for dedicated bots there. */
  bot_accounts: {
    api_url: string;
    host: string;
    admin_jid: string;
    admin_password: string;
  } | null;
}

export interface Setting {
  key: string;
  value: string | number | boolean;
  default: string | number | boolean;
  summary: string;
  label: string;
  type: 'flag' | 'number' | 'choice' | 'text' | 'long-text' | 'secret' | 'picture';
  options: string[] | null;
  min: number | null;
  max: number | null;
  role: 'operator' | 'owner';
}

export interface TokenInUse {
  scopes: ('send' | 'read' | 'ai' | 'bridge')[];
  /** Unix seconds, to the minute; null: never. */
  last_used: number | null;
  /** Unix seconds: it was replaced and is taken until then. Null: it is the current one. */
  ends: number | null;
}
