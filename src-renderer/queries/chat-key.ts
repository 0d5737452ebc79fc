/** Whose conversation, and with whom. */
export interface ChatKey {
  account: string;
  jid: string;
}
export const sameChat = (a: ChatKey, b: ChatKey): boolean => a.account === b.account && a.jid === b.jid;
