import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { failure } from './error-handler.ts';
import { EVERY_ANSWER } from './security-headers.ts';

/** What is said on a connection that ends before anything could be made of its request. */
const WORDS = {
  nonsense: [400, 'Bad Request', 'bad_request', 'This is no HTTP request that can be understood.'],
  slow: [
    408,
    'Request Timeout',
    'request_timeout',
    'The request came too slowly. Send its head within 10 s and its body at 8 KiB/s or more.',
  ],
  'too-long': [
    431,
    'Request Header Fields Too Large',
    'headers_too_large',
    'The head of the request is too long. 16 KiB are read.',
  ],
} as const;

const BY_CODE: Readonly<Record<string, keyof typeof WORDS>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'slow',
  HPE_HEADER_OVERFLOW: 'too-long',
};

/** Answers below HTTP's own machinery, in the shape of every other failure, and ends the connection. */
export function writeLastWords(socket: Duplex, which: keyof typeof WORDS): void {
  if (!socket.writable) return void socket.destroy();
  const [status, phrase, slug, words] = WORDS[which];
  const body = JSON.stringify(failure(status, slug, words));
  const head = [
    `HTTP/1.1 ${status} ${phrase}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(EVERY_ANSWER).map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n');
  socket.end(`${head}\r\n\r\n${body}`);
  // Who does not read it is not waited for.
  (socket as Socket).destroySoon();
}

/** What Node's parser could not read, or did not wait for any longer. */
export function explainBroken(error: Error, socket: Duplex): void {
  const code = 'code' in error ? String(error.code) : '';
  writeLastWords(socket, BY_CODE[code] ?? 'nonsense');
}
