import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PICTURE } from '../../src-main/http/docs/examples/values.ts';
import type { AtEnd } from './test-folder.ts';

/** A web server of somebody's on this machine, with one picture; resolves with its address. */
export async function pictureServer(atEnd: AtEnd, name = 'picture.png'): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from(PICTURE, 'base64'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
}
