/** What the doctor found: one line, with what to do where something is wrong. */
export interface Finding {
  ok: boolean;
  what: string;
  /** What to do, where something is wrong. */
  fix?: string;
}

export const good = (what: string): Finding => ({ ok: true, what });
export const bad = (what: string, fix: string): Finding => ({ ok: false, what, fix });
