import type { Element } from '../../gateways/xmpp/element.ts';
import { readSpoiler } from '../../gateways/xmpp/xep-0382-spoiler.ts';
import { readQuickResponses } from '../../gateways/xmpp/xep-0439-quick-response.ts';
import { readReply } from '../../gateways/xmpp/xep-0461-reply.ts';
import type { ChatBody, ChatFileSource } from '../../store/chat-message-row.ts';
import type { Said } from '../messages/compose.ts';
import type { FileReference } from '../messages/files-in-message.ts';

/** More than that nobody chooses from. */
const ACTIONS_LIMIT = 10;
const ACTION_LENGTH = 1_000;
const EXCERPT_LENGTH = 200;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What stands in the place of a whole message where there is little room. */
export function excerptOf(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= EXCERPT_LENGTH ? line : `${[...line].slice(0, EXCERPT_LENGTH).join('')}…`;
}

/** Where a file lies, as it is kept. */
const sourceOf = ({ url, secret, name, type, sizeBytes }: FileReference): ChatFileSource => ({
  url,
  name,
  type,
  size: sizeBytes,
  ...(secret && { key: hex(secret.key), iv: hex(secret.iv) }),
});

/** The address of a file is nothing to read where the file itself is shown. */
function withoutAddress(text: string, files: readonly FileReference[]): string {
  const line = text.trim();
  if (files.length === 0 || /\s/.test(line)) return text;
  return line.startsWith('aesgcm://') || files.some(({ url }) => url === line) ? '' : text;
}

/** What a message that came says. `stanza`: it, out of whatever brought it, and decrypted. */
export function bodyOf(
  stanza: Element | undefined,
  { text, replyTo, files }: { text: string; replyTo: string | undefined; files: readonly FileReference[] },
): ChatBody {
  const body: ChatBody = { text: withoutAddress(text, files) };
  if (files.length > 0) body.files = files.map(sourceOf);
  if (!stanza) return body;
  if (replyTo !== undefined) {
    body.reply = { id: replyTo, author: readReply(stanza)?.to ?? '', excerpt: '' };
  }
  const spoiler = readSpoiler(stanza);
  if (spoiler !== undefined) body.spoiler = spoiler;
  const actions = readQuickResponses(stanza)
    .filter(({ value, label }) => value.length <= ACTION_LENGTH && label.length <= ACTION_LENGTH)
    .slice(0, ACTIONS_LIMIT);
  if (actions.length > 0) body.actions = actions;
  return body;
}

/** What a message that goes out from here says. */
export function bodyOfSaid({ text, answers, offers = [], files = [], spoiler }: Said): ChatBody {
  return {
    text: withoutAddress(text, files),
    ...(answers && {
      reply: { id: answers.id, author: answers.author, excerpt: excerptOf(answers.excerpt ?? '') },
    }),
    ...(files.length > 0 && { files: files.map(sourceOf) }),
    ...(spoiler !== undefined && { spoiler }),
    ...(offers.length > 0 && {
      actions: offers.slice(0, ACTIONS_LIMIT).map(({ command, label }) => ({ value: command, label })),
    }),
  };
}
