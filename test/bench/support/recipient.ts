import { type PlainAccount, plainSession } from './plain-client.ts';

/** The beginning of a message, as ejabberd writes it. */
const MESSAGE = /<message\b[^>]*?\bid='([^']*)'/g;
const END = '</message>';

/** Who gets messages and does nothing but note their ids. */
export async function benchRecipient(account: PlainAccount) {
  const socket = await plainSession(account);
  const ids: string[] = [];
  let unread = '';
  socket.on('data', (piece: string) => {
    unread += piece;
    const end = unread.lastIndexOf(END) + END.length;
    if (end < END.length) return;
    for (const [, id = ''] of unread.slice(0, end).matchAll(MESSAGE)) ids.push(id);
    unread = unread.slice(end);
  });
  return {
    /** Of every message that came, in order. */
    ids: (): readonly string[] => ids,
    close: () => socket.destroy(),
  };
}
