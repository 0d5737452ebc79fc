import { request } from 'node:http';

export interface Answer {
  status: number;
  /** Parsed when it is JSON, else empty. */
  body: Record<string, unknown>;
  text: string;
  headers: Record<string, unknown>;
}

/** A request with exactly these headers, over a real connection. */
export function ask(
  where: { port: number } | { socketPath: string },
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body?: unknown,
) {
  return new Promise<Answer>((resolve, reject) => {
    const place = 'port' in where ? { host: '127.0.0.1', port: where.port } : where;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const options = { ...place, path, method, headers: { ...type, ...headers } };
    const sent = request(options, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        const isJson = String(response.headers['content-type']).startsWith('application/json');
        const parsed = isJson ? JSON.parse(text) : {};
        resolve({ status: response.statusCode ?? 0, body: parsed, text, headers: response.headers });
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
