/** So many messages of a chain may be missing before one that we read. */
export const MAX_SKIP = 1_000;
/** Keys kept for messages that may still come, in all chains of a state; the oldest go first. */
export const MAX_STORED_KEYS = 1_000;
/** Receiving chains kept beside the current one. */
export const MAX_OLD_CHAINS = 5;
/** What the states of one device may fill: with few missing messages all fit, the oldest go first. */
export const MAX_RECORD_BYTES = 128 * 1024;
