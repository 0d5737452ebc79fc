/**
 * The address of a webhook as a chat shows it: where it goes, and no more, as the audit log has it. Many services put a
 * secret into the path or the query.
 */
export function shownAddress(url: string): string {
  const { origin, pathname, search, hash } = new URL(url);
  return pathname === '/' && search === '' && hash === '' ? origin : `${origin}/…`;
}
