import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where and as whom to sign in; of plain values, to be handed to another process. */
export interface PlainAccount {
  host: string;
  port: number;
  /** Undefined: that port wants no TLS. */
  caFile?: string;
  jid: string;
  password: string;
}

/**
 * An XMPP session of a few lines, without the work of a client that people use, which would take the processor
 * from what is measured. Resolves when it is there; what comes then is text.
 */
export async function plainSession({ host, port, caFile, jid, password }: PlainAccount): Promise<Socket> {
  const [local = '', domain = ''] = jid.split('@');
  const socket = caFile
    ? connectTls({ host, port, servername: domain, ca: readFileSync(caFile) })
    : connect({ host, port });
  await once(socket, caFile ? 'secureConnect' : 'connect');
  socket.setNoDelay(true).setEncoding('utf8');
  /** Resolves when that was answered. */
  async function say(text: string, answer: RegExp): Promise<void> {
    let unread = '';
    socket.write(text);
    while (!answer.test(unread)) {
      const [piece] = (await once(socket, 'data')) as [string];
      unread += piece;
      if (/<failure|<stream:error/.test(unread)) throw new Error(`${jid} was not let in: ${unread}`);
    }
  }
  const open = `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='${domain}' version='1.0'>`;
  const secret = Buffer.from(`\0${local}\0${password}`).toString('base64');
  await say(open, /<\/stream:features>/);
  await say(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`, /<success/);
  await say(open, /<\/stream:features>/);
  await say("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", /<\/iq>/);
  await say('<presence/>', /<presence/);
  return socket;
}
