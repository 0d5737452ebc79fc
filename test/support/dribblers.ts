import { connect, type Socket } from 'node:net';

export interface Dribbler {
  /** What came back, up to now. */
  said: () => string;
  isGone: () => boolean;
  end: () => void;
}

interface Dribbling {
  port: number;
  host?: string;
  /** Sent at once. */
  begin: string;
  /** What is sent again and again, to look alive. */
  drop: string;
  everyMs: number;
}

/** A client that sends a little now and then, for as long as it is let. */
export function dribbler({ port, host = '127.0.0.1', begin, drop, everyMs }: Dribbling): Dribbler {
  let timer: NodeJS.Timeout | undefined;
  const socket: Socket = connect(port, host, () => {
    socket.write(begin);
    timer = setInterval(() => socket.write(drop), everyMs);
  });
  let said = '';
  let isGone = false;
  socket.on('data', (chunk) => {
    said += chunk.toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.once('close', () => {
    isGone = true;
    clearInterval(timer);
  });
  return { said: () => said, isGone: () => isGone, end: () => void socket.destroy() };
}

/** Sends a request line and then header after header, but never the empty line. */
export const headDribbler = (port: number, everyMs: number): Dribbler =>
  dribbler({
    port,
    begin: `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`,
    drop: 'X-Filler: a\r\n',
    everyMs,
  });

/** Promises a body and sends it byte by byte. */
export const bodyDribbler = (port: number, token: string, everyMs: number): Dribbler =>
  dribbler({
    port,
    begin: [
      'POST /bot/sendMessage HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      'Content-Length: 100000',
      '\r\n',
    ].join('\r\n'),
    drop: ' ',
    everyMs,
  });
