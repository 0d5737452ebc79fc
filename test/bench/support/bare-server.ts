import { createServer } from 'node:http';

/** The least a JSON API can do: read a small body, parse it, answer. The yardstick of bench:http. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : {};
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, result: { to: body.to ?? '' } }));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});
