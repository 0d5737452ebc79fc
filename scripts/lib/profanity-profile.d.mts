export interface ProfanityAccount {
  jid: string;
  password: string;
  host: string;
  port: number;
  /** TLS from the first byte, instead of STARTTLS. */
  isDirectTls?: boolean;
  caFile: string;
  resource?: string | undefined;
}

/** Writes its folders; start it with the result in its environment as `profanity -a JID`. */
export function writeProfanityProfile(
  dir: string,
  account: ProfanityAccount,
): Promise<{ XDG_CONFIG_HOME: string; XDG_DATA_HOME: string }>;
