import { bareJid } from '../../src-shared/jid.ts';
import { linkQuery, readXmppUri, type XmppLink } from '../../src-shared/xmpp-uri.ts';
import { HIDDEN_FLAG } from './autostart.ts';

const domainOf = (jid: string) => jid.slice(jid.indexOf('@') + 1);

/**
 * The place in the page that a link leads to: the chat or room, from the account on the same server, else from the
 * first. Undefined without any account. Nothing is sent by opening it: a text only stands ready.
 */
export function routeOfLink({ to, ...wish }: XmppLink, accounts: readonly string[]): string | undefined {
  const own = accounts.map((account) => bareJid(account));
  const account = own.find((jid) => domainOf(jid) === domainOf(to)) ?? own[0];
  if (account === undefined) return undefined;
  return `/app/chats/${encodeURIComponent(account)}/${encodeURIComponent(to)}${linkQuery(wish)}`;
}

/** What a command line of this app asks for. */
export function readArguments(argv: readonly string[]): { link: XmppLink | undefined; isHidden: boolean } {
  const uri = argv.find((word) => /^xmpp:/i.test(word));
  const link = uri === undefined ? undefined : readXmppUri(uri);
  return { link, isHidden: argv.includes(HIDDEN_FLAG) && link === undefined };
}
