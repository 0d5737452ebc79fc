import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { FaultProxy } from './fault-proxy.ts';
import type { XmppServer } from './servers/servers.ts';
import type { AtEnd } from './test-folder.ts';

export interface StreamCapture {
  /** Where a client signs in instead of at the server: `xmpps://...`, direct TLS. Name and certificate are the server's. */
  readonly service: string;
  readonly caFile: string;
  /** All that clients wrote, as it was inside TLS. */
  sent(): string;
  /** All that the server wrote to them. */
  received(): string;
  /** Both. */
  text(): string;
  /** Those of these texts that stand on the wire in clear, in either direction and in any of the ways XML writes them. */
  seen(...texts: string[]): string[];
  /** Forgets what was captured so far. */
  clear(): void;
  close(): Promise<void>;
}

/**
 * A place between clients and a server at which TLS ends and begins anew, and which keeps all that passes. Give it to
 * whatever takes a server's `service` and `caFile`. It closes at the end of the test.
 */
export async function captureStreams(
  server: Pick<XmppServer, 'dir' | 'host' | 'tlsPort' | 'caFile' | 'domain'>,
  atEnd: AtEnd = onTestFinished,
): Promise<StreamCapture> {
  const parts = { up: [] as Buffer[], down: [] as Buffer[] };
  const proxy = await FaultProxy.start({
    to: { host: server.host, port: server.tlsPort },
    tls: {
      cert: readFileSync(join(server.dir, 'tls', 'server.crt'), 'utf8'),
      key: readFileSync(join(server.dir, 'tls', 'server.key'), 'utf8'),
      ca: readFileSync(server.caFile, 'utf8'),
      servername: server.domain,
    },
    watch: (direction, data) => parts[direction].push(Buffer.from(data)),
  });
  atEnd(() => proxy.close());
  // Put together from bytes: a character may come in two parts.
  const of = (direction: 'up' | 'down') => Buffer.concat(parts[direction]).toString('utf8');
  const text = () => `${of('up')}\n${of('down')}`;
  return {
    service: `xmpps://127.0.0.1:${proxy.port}`,
    caFile: server.caFile,
    sent: () => of('up'),
    received: () => of('down'),
    text,
    seen(...texts) {
      const readable = withoutReferences(text());
      return texts.filter((one) => readable.includes(withoutReferences(one)));
    },
    clear() {
      parts.up.length = 0;
      parts.down.length = 0;
    },
    close: () => proxy.close(),
  };
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text with XML's references read, so that it does not matter which of them a writer used. */
function withoutReferences(text: string): string {
  return text
    .replace(/&(lt|gt|quot|apos);/g, (_, name: string) => NAMED[name] ?? '')
    .replace(/&#x([0-9a-f]{1,5});/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,6});/g, (_, number: string) => String.fromCodePoint(Number(number)))
    .replaceAll('&amp;', '&');
}
