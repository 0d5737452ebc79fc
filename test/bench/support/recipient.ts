import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import type { XmppServer } from '../../../scripts/lib/xmpp-server.d.mts';

/** The beginning of a message, as ejabberd writes it. */
const MESSAGE = /<message\b[^>]*?\bid='([^']*)'/g;
const END = '</message>';

/**
 * Who gets messages and does nothing but note their ids: an XMPP client of a few lines, over TLS, without the work of one
 * that people use, which would take the processor from what is measured.
 */
export async function benchRecipient(server: XmppServer, jid: string, password: string) {
  const [local = '', domain = ''] = jid.split('@');
  const ca = readFileSync(server.caFile);
  const socket = connect({ host: server.host, port: server.tlsPort, servername: domain, ca });
  await once(socket, 'secureConnect');
  socket.setNoDelay(true).setEncoding('utf8');
  let unread = '';
  /** Resolves when that was answered. */
  async function say(text: string, answer: RegExp): Promise<void> {
    socket.write(text);
    while (!answer.test(unread)) {
      const [piece] = (await once(socket, 'data')) as [string];
      unread += piece;
      if (/<failure|<stream:error/.test(unread)) throw new Error(`${jid} was not let in: ${unread}`);
    }
    unread = '';
  }
  const open = `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='${domain}' version='1.0'>`;
  const secret = Buffer.from(`\0${local}\0${password}`).toString('base64');
  await say(open, /<\/stream:features>/);
  await say(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`, /<success/);
  await say(open, /<\/stream:features>/);
  await say("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", /<\/iq>/);
  await say('<presence/>', /<presence/);

  const ids: string[] = [];
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
