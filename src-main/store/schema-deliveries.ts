/** What became of an update at its webhook: one row from its first attempt on. Instants are Unix seconds. */
export interface DeliveryTable {
  bot_id: number;
  update_id: number;
  /** As in `update_queue`. */
  delivery_of: number | null;
  update_type: string;
  conversation: string;
  created_at: number;
  /** Of the last attempt. */
  tried_at: number;
  is_delivered: number;
  /** JSON: the newest attempts as `[number, at, ms, status, error]`. */
  attempts: string;
  /** Sealed JSON: request and answer of the last attempt; null of one that was delivered at the first. */
  details: Buffer | null;
}

/** How much a bot did in one half-hour, which is numbered from the beginning of Unix time. */
export interface BotActivityTable {
  bot_id: number;
  slot: number;
  received: number;
  sent: number;
  failed: number;
}

export interface UpdateQueueTable {
  bot_id: number;
  update_id: number;
  update_type: string;
  /** Whose order it keeps: the bare JID of the conversation. */
  conversation: string;
  /** Sealed JSON of `data`. */
  payload: Buffer;
  created_at: number;
  /** Webhook attempts that did not deliver it. */
  attempts: number;
  /** How many of them were refusals of this update alone (a 4xx). */
  refusals: number;
  /** The number under which it was first tried, where it was put back: its delivery id is made of that. */
  delivery_of: number | null;
}

/** An update that a webhook could not be given: out of the way, kept for a while, can be put back. */
export interface DeadLetterTable {
  bot_id: number;
  update_id: number;
  update_type: string;
  conversation: string;
  /** Sealed as in `update_queue`, under the same name, so that it moves as it is. */
  payload: Buffer;
  created_at: number;
  attempts: number;
  reason: string;
  /** Unix seconds. */
  buried_at: number;
  delivery_of: number | null;
}

/** Health of a bot's webhook address as a whole; no row: never tried. */
export interface WebhookEndpointTable {
  bot_id: number;
  /** Failed attempts in a row; 0 when the last one succeeded. */
  failures: number;
  failing_since: number | null;
  paused_until: number;
  last_error: string | null;
  last_error_at: number | null;
  last_success_at: number | null;
  /** When the owner was told that it is failing; null when there is nothing to take back. */
  told_at: number | null;
}
