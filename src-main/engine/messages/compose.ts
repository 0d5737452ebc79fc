import { randomUUID } from 'node:crypto';
import type { MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { timeOrderedUuid } from '../../base/uuid.ts';
import { type Element, xml } from '../../gateways/xmpp/element.ts';
import { outOfBand } from '../../gateways/xmpp/xep-0066-out-of-band.ts';
import { type ChatState, chatState } from '../../gateways/xmpp/xep-0085-chat-states.ts';
import { receiptRequest } from '../../gateways/xmpp/xep-0184-receipts.ts';
import { replaces } from '../../gateways/xmpp/xep-0308-correction.ts';
import { markable } from '../../gateways/xmpp/xep-0333-markers.ts';
import { hint } from '../../gateways/xmpp/xep-0334-hints.ts';
import { originId } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import { spoiler as spoilerOf } from '../../gateways/xmpp/xep-0382-spoiler.ts';
import { unstyled } from '../../gateways/xmpp/xep-0393-styling.ts';
import { markupOf } from '../../gateways/xmpp/xep-0394-markup.ts';
import { retractionOf } from '../../gateways/xmpp/xep-0424-retraction.ts';
import { quickResponse } from '../../gateways/xmpp/xep-0439-quick-response.ts';
import { reactWith } from '../../gateways/xmpp/xep-0444-reactions.ts';
import { quotingReply, replyTo } from '../../gateways/xmpp/xep-0461-reply.ts';
import type { Account } from '../../store/account-repository.ts';
import type { FileReference } from './files-in-message.ts';

/** Marks what an engine sent: it never becomes a command, an update or an AI question, in any engine. */
export const NS_BOTMOTHER = 'urn:botmother:0';

export interface ComposedMessage {
  id: MessageId;
  to: BareJid;
  kind: 'message' | 'reaction' | 'retraction' | 'transport';
  /** Of a correction: the first message. */
  originalId: MessageId | undefined;
  /** The finished stanza: what is stored is what is sent, also after a restart. */
  stanza: string;
  /** What it says, where the stanza is encrypted. */
  plain?: string;
  /** Of a menu: what its numbers stand for. */
  menu?: readonly string[];
  /** It goes to a room. */
  isRoom?: boolean;
  /** The same for people who look at the conversation. */
  said?: Said;
}

/** What a message says or does, as it was told to be composed. */
export interface Said {
  text: string;
  /** Somebody typed it. */
  isByPerson?: boolean | undefined;
  answers?: Answered | undefined;
  offers?: readonly { command: string; label: string }[] | undefined;
  files?: readonly FileReference[] | undefined;
  spoiler?: string | undefined;
  /** Of a reaction or a retraction: the message that it is about. */
  target?: string;
  emojis?: readonly string[];
}

/** The message that another one answers. */
export interface Answered {
  id: string;
  author: string;
  /** The beginning of its text, for those who do not know replies; undefined where it is not kept. */
  excerpt: string | undefined;
  /** It was encrypted: what it said is not quoted in clear. */
  isSecret?: boolean;
}

interface Place {
  isRoom?: boolean | undefined;
  /** Somebody typed it: it carries no mark of ours. */
  isByPerson?: boolean | undefined;
}

interface ChatOptions {
  /** The text is nothing but the address of a file, which clients show in its place (XEP-0066). */
  isFile?: boolean | undefined;
  answers?: Answered | undefined;
  corrects?: MessageId | undefined;
  isPlain?: boolean;
  /** A command, by the first of its names. */
  handled?: string | undefined;
  /** What can be said to it. */
  offers?: readonly { command: string; label: string }[];
  /** To a room: everybody there is asked for nothing. */
  isRoom?: boolean;
  /** Somebody typed it in our window: it is no engine's. */
  isByPerson?: boolean | undefined;
  /** The file whose address the text is. */
  file?: FileReference | undefined;
  /** Its styling (XEP-0393) is said by position too (XEP-0394). */
  hasMarkup?: boolean;
  /** Closed until it is asked for (XEP-0382), with these words in its place. */
  spoiler?: string | undefined;
}

/**
 * A chat message as every entrance sends it: body, origin id (XEP-0359) equal to the message id, our mark. To others it
 * asks for a receipt (XEP-0184) and may be marked as displayed (XEP-0333); own clients need not tell. It can answer a
 * message (XEP-0461), and take the place of an earlier one (XEP-0308). `isPlain`: clients show names
 * and tokens in it as they are, also those that look like markup (XEP-0393). Clients may show what it offers as buttons
 * (XEP-0439). The answer to a
 * command names it (`handled`), so that other engines of the account know that it is done.
 */
export function composeChat(
  from: BareJid,
  to: BareJid,
  text: string,
  {
    answers,
    corrects,
    isPlain = false,
    isFile = false,
    handled,
    offers = [],
    isRoom = false,
    isByPerson,
    file,
    hasMarkup = false,
    spoiler,
  }: ChatOptions = {},
): ComposedMessage {
  const reply = answers && replyParts(answers, text);
  const markup = hasMarkup ? markupOf(reply?.body ?? text) : undefined;
  const parts = [
    xml('body', {}, reply?.body ?? text),
    ...(isFile ? [outOfBand({ url: text })] : []),
    ...(isPlain ? [unstyled()] : []),
    ...(markup ? [markup] : []),
    ...(spoiler === undefined ? [] : [spoilerOf(spoiler)]),
    ...(from === to || isRoom ? [] : [receiptRequest(), markable()]),
    ...(reply?.elements ?? []),
    ...(corrects === undefined ? [] : [replaces(corrects)]),
    ...offers.map(({ command, label }) => quickResponse(command, label)),
  ];
  const said = { text, isByPerson, answers, offers, files: file && [file], spoiler };
  return compose('message', to, parts, { said, originalId: corrects, handled, isRoom, isByPerson });
}

function replyParts({ id, author, excerpt }: Answered, text: string): { body: string; elements: Element[] } {
  if (!excerpt) return { body: text, elements: [replyTo({ id, to: author })] };
  return quotingReply({ id, to: author, quoted: excerpt, text });
}

/** All reactions of ours to a message (XEP-0444); without a body it needs a hint to be archived. */
export const composeReaction = (
  to: BareJid,
  id: string,
  emojis: readonly string[],
  place?: Place,
): ComposedMessage =>
  compose('reaction', to, [reactWith({ id, emojis }), hint('store')], {
    ...place,
    said: { text: '', target: id, emojis },
  });

/** What apps show that do not know retraction, in the language of whose account says it. */
export type RetractionFallback = (account: Account) => Promise<string>;

/** Takes a message back (XEP-0424). */
export const composeRetraction = (
  to: BareJid,
  id: string,
  fallbackText: string,
  place?: Place,
): ComposedMessage =>
  compose('retraction', to, retractionOf({ id, fallbackText }), { ...place, said: { text: '', target: id } });

/** Carries nothing but keys (XEP-0384): the encrypted element comes into it. */
export const composeTransport = (to: BareJid): ComposedMessage => compose('transport', to, [hint('store')]);

/** What the bot does at the moment (XEP-0085). Nobody needs it later, so it is neither stored nor given an origin id. */
export const composeChatState = (
  to: BareJid,
  state: ChatState,
  { isByPerson = false, isRoom = false }: Place = {},
): Element =>
  xml(
    'message',
    { to, id: randomUUID(), type: isRoom ? 'groupchat' : 'chat' },
    chatState(state),
    ...(isByPerson ? [] : [generated()]),
    hint('no-store'),
  );

function compose(
  kind: ComposedMessage['kind'],
  to: BareJid,
  parts: readonly Element[],
  {
    said,
    originalId,
    handled,
    isRoom = false,
    isByPerson = false,
  }: { said?: Said; originalId?: MessageId | undefined; handled?: string | undefined } & Place = {},
): ComposedMessage {
  // The order of ids means nothing but locality in the database, so the real clock does.
  const id = timeOrderedUuid(Date.now()) as MessageId;
  const type = isRoom ? 'groupchat' : 'chat';
  const mark = isByPerson ? [] : [generated(handled)];
  const stanza = xml('message', { to, id, type }, ...parts, originId(id), ...mark).toString();
  return { id, to, kind, originalId, stanza, isRoom, ...(said && { said: { ...said, isByPerson } }) };
}

const generated = (handled?: string) => xml('generated', { xmlns: NS_BOTMOTHER, for: handled });
