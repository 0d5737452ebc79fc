import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import { linkQuery, wishOf } from '../../../src-shared/xmpp-uri.ts';
import { paths } from '../../places.ts';
import type { ChatKey } from '../../queries/chats.ts';

/** What an `xmpp:` address wants of the conversation it has led to: a text that stands ready, a room to come into. */
export const useLinkWish = () => wishOf(useSearch());

/** Hands the text of a link over once; it does not stay in the address, from where it would come again. */
export function useReadyText({ account, jid }: ChatKey, put: (text: string) => void): void {
  const [, go] = useLocation();
  const wish = useLinkWish();
  const { body } = wish;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one text is handed over once, whatever else is drawn anew
  useEffect(() => {
    if (body === undefined) return;
    put(body);
    go(`${paths.chat(account, jid)}${linkQuery({ ...wish, body: undefined })}`, { replace: true });
  }, [body]);
}
