import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Element, parse } from 'ltx';
import { onTestFinished } from 'vitest';
import { StanzaError } from '../../src-main/gateways/xmpp/session.ts';
import { makeCertificates } from './xmpp-certificates.ts';

const DISCO = 'http://jabber.org/protocol/disco';
const UPLOAD = 'urn:xmpp:http:upload:0';

/** An upload service that does what a test wants: its iqs are answered here, its files lie on loopback. */
export async function uploadService() {
  const { ca, cert, key } = makeCertificates('localhost', { extensions: 'subjectAltName=IP:127.0.0.1' });
  const files = new Map<string, { bytes: Buffer; headers: IncomingMessage['headers'] }>();
  const asked: string[] = [];
  const behaviour = {
    isThere: true,
    maxSizeBytes: undefined as number | undefined,
    /** The condition that a wish for a slot is refused with. */
    refuses: undefined as string | undefined,
    /** Of the answers to uploads. */
    status: 201,
    /** Where a slot leads instead. */
    putUrl: undefined as string | undefined,
    onGet: undefined as ((request: IncomingMessage, response: ServerResponse) => void) | undefined,
    onPut: undefined as (() => void | Promise<void>) | undefined,
  };
  const server = createServer({ cert, key }, (request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.method} ${path}`);
    if (request.method === 'GET') {
      if (behaviour.onGet) return behaviour.onGet(request, response);
      const file = files.get(path);
      response.writeHead(file ? 200 : 404).end(file?.bytes);
      return;
    }
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', async () => {
      files.set(path, { bytes: Buffer.concat(pieces), headers: request.headers });
      await behaviour.onPut?.();
      response.writeHead(behaviour.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const base = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const result = (inner: string) => parse(`<iq type='result'>${inner}</iq>`);

  return {
    ...behaviour,
    behaviour,
    ca,
    base,
    files,
    /** Every HTTP request, as `PUT /path`. */
    asked,
    /** Puts a file there by hand; resolves with its address. */
    offer(name: string, bytes: Buffer): string {
      files.set(`/${name}`, { bytes, headers: {} });
      return `${base}/${name}`;
    },
    /** What a session answers to the iqs of a client that wants to upload. */
    async request(iq: Element): Promise<Element> {
      const [wish] = iq.getChildElements();
      const to = String(iq.attrs.to);
      if (wish?.attrs.xmlns === `${DISCO}#items`)
        return result(`<query xmlns='${DISCO}#items'><item jid='upload.localhost'/></query>`);
      if (wish?.attrs.xmlns === `${DISCO}#info`) {
        const isIt = behaviour.isThere && to === 'upload.localhost';
        const limit =
          behaviour.maxSizeBytes === undefined
            ? ''
            : `<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>${UPLOAD}</value></field>` +
              `<field var='max-file-size'><value>${behaviour.maxSizeBytes}</value></field></x>`;
        return result(
          `<query xmlns='${DISCO}#info'>${isIt ? `<feature var='${UPLOAD}'/>${limit}` : ''}</query>`,
        );
      }
      if (behaviour.refuses) throw new StanzaError(behaviour.refuses, 'wait', 'the words of a server');
      const path = `/${crypto.randomUUID()}/${encodeURIComponent(String(wish?.attrs.filename))}`;
      return result(
        `<slot xmlns='${UPLOAD}'><put url='${behaviour.putUrl ?? base + path}'>` +
          `<header name='Authorization'>Bearer slot</header><header name='X-Evil'>1</header></put>` +
          `<get url='${base}${path}'/></slot>`,
      );
    },
  };
}
export type FakeUploadService = Awaited<ReturnType<typeof uploadService>>;
