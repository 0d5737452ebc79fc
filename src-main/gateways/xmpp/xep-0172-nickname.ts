import type { BareJid } from '../../../src-shared/jid.ts';
import { type Element, isElement, xml } from './element.ts';
import type { Session } from './session.ts';
import { onEvent, publishPep, readPep } from './xep-0163-pep.ts';

export const NS_NICK = 'http://jabber.org/protocol/nick';

type Requester = Pick<Session, 'request'>;

export const nicknameElement = (nickname: string): Element => xml('nick', { xmlns: NS_NICK }, nickname);

/** XEP-0172: publishes the name an account wants to be called by, for everybody to read. */
export async function publishNickname(session: Requester, nickname: string): Promise<void> {
  const options = { access: 'open', persist: true } as const;
  await publishPep(session, { node: NS_NICK, payload: nicknameElement(nickname), options });
}

/** The name an account wants to be called by; undefined where it has said none. */
export async function readNickname(
  session: Requester,
  { owner }: { owner?: BareJid } = {},
): Promise<string | undefined> {
  const of = owner === undefined ? {} : { owner };
  const [item] = await readPep(session, { ...of, node: NS_NICK, max: 1 });
  return nicknameIn(item?.payload);
}

const nicknameIn = (nick: Element | undefined): string | undefined =>
  nick && isElement(nick, 'nick', NS_NICK) ? nick.getText().trim() || undefined : undefined;

/** Follows the names that people want to be called by; undefined: one wants none any more. Anybody's server may say so. */
export const onNickname = (
  session: Parameters<typeof onEvent>[0],
  handler: (owner: BareJid, nickname: string | undefined) => void,
): (() => void) =>
  onEvent(session, { node: NS_NICK }, ({ owner, items, retractedIds, gone }) => {
    const [newest] = items.slice(-1);
    if (newest || retractedIds.length > 0 || gone) handler(owner, nicknameIn(newest?.payload));
  });
