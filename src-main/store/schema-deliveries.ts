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
