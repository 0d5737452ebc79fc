/** The origin of an address, if it is one. */
export const originOf = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).origin : undefined;

const LONGEST = 4_000;

/** Whether a text is a place of our page: a path from the root, that no trick leads elsewhere. */
export function isRoute(text: string): boolean {
  if (!text.startsWith('/') || text.length > LONGEST || /[\\\p{Cc}]/u.test(text)) return false;
  return URL.canParse(text, 'http://page') && new URL(text, 'http://page').origin === 'http://page';
}

/** The place in the page that an address is about. */
export function routeOf(url: string): string {
  const { pathname, search, hash } = new URL(url);
  return `${pathname}${search}${hash}`;
}

/** Whether the system may open an address: pages and mail, nothing that could start a program. */
export function mayOpenOutside(url: string): boolean {
  return URL.canParse(url) && ['https:', 'http:', 'mailto:'].includes(new URL(url).protocol);
}

/** Places of the engine that are no part of the window: they are for a browser, where the API is for everybody. */
export const isForBrowser = (route: string): boolean => /^\/(docs|openapi\.json)([/?#]|$)/.test(route);
