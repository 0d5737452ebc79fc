/** An instant in words; whoever reads it may be in any time zone. */
export const minute = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
