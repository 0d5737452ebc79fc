import { originOf } from './places.ts';

/**
 * The page that the window was asked for last, there already or on its way. The address that the window itself tells is
 * that of the page before until the next one has begun: who goes by it lets a page of the shell replace the engine's.
 */
export function askedPage() {
  let asked: string | undefined;
  return {
    asks(url: string): void {
      asked = url;
    },
    /** It could not be loaded. That of an earlier one, which the next has ended, says nothing. */
    failed(url: string): void {
      if (asked === url) asked = undefined;
    },
    isFrom: (origin: string): boolean => asked !== undefined && originOf(asked) === origin,
  };
}
