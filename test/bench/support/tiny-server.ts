import xml from '@xmpp/xml';
import { type PeerStream, ScriptedPeer } from '../../support/scripted-peer.ts';

/**
 * As much of an XMPP server as one account needs to be online: TLS, sign-in, an empty answer to every question, and
 * acknowledgements. It costs far less than a real server, so that what is measured is the engine.
 */
export async function tinyServer() {
  const peer = await ScriptedPeer.listen();
  let stream: PeerStream | undefined;

  async function answerAll(on: PeerStream): Promise<void> {
    for (;;) {
      const element = await on.next();
      if (element.name === 'presence') stream = on;
      if (element.name === 'r') on.acknowledge();
      else if (element.name === 'iq' && element.attrs.type !== 'result') {
        on.send(`<iq type='result' id='${element.attrs.id}'/>`);
      }
    }
  }

  async function accept(): Promise<void> {
    for (;;) {
      const next = await peer.connection();
      try {
        await next.secure();
        await next.authenticate();
        await next.bind();
        next.seen = 0;
        // Not `greet`, which drops what is asked right behind the presence: the engine would wait for those answers.
        await answerAll(next);
      } catch {
        // It is over; the engine connects again.
      }
    }
  }
  void accept();

  return {
    jid: 'bot@localhost',
    service: `xmpp://127.0.0.1:${peer.port}`,
    ca: peer.certificates.ca,
    get isOnline() {
      return stream !== undefined && !stream.isOver;
    },
    /** A message from somebody, as a server hands it over. */
    deliver(from: string, body: string, id: string): void {
      const message = xml(
        'message',
        { from: `${from}/phone`, to: 'bot@localhost', type: 'chat', id },
        xml('body', {}, body),
        xml('origin-id', { xmlns: 'urn:xmpp:sid:0', id }),
        xml('stanza-id', { xmlns: 'urn:xmpp:sid:0', id: `s-${id}`, by: 'bot@localhost' }),
      );
      stream?.send(message.toString());
    },
    close: () => peer.close(),
  };
}
