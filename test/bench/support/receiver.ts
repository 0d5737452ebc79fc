import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Delivery {
  conversation: string;
  body: string;
}

/** A webhook receiver that answers 200 at once and tells what came. */
export async function benchReceiver(onDelivery: (delivery: Delivery) => void) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end();
      const { data } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      onDelivery({ conversation: data.from, body: data.body });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
