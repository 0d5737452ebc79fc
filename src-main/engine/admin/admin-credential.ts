/** What a person in charge shows instead of being on this machine: the admin token, or a session of the panel. */
export interface AdminCredential {
  kind: 'token' | 'session';
  /** Names it where requests are counted; holds no secret. */
  id: string;
  /** Aborted when it stops being valid: what was opened with it ends then. */
  ended: AbortSignal;
}
