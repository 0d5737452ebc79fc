import type { ExampleRequest } from './request.ts';

/** Quoted for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** From so many characters on, a body gets lines of its own. */
const LINE = 56;

/** The request as a command for the shell. Tokens come from variables. */
export function curlOf(request: ExampleRequest, baseUrl: string): string {
  const { method, path, query, body, fileField, token, isOverSocket, answer } = request;
  const isForm = fileField !== undefined;
  const words = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${address(isOverSocket ? 'http://localhost' : baseUrl, path, query)}`,
    ...(isOverSocket ? ['--unix-socket "$BOTMOTHER_DATA_DIR/engine.sock"'] : []),
    ...(answer === 'events' ? ['--no-buffer'] : []),
    ...(answer === 'bytes' ? [`--output ${request.fileName}`] : []),
    ...(token ? [`-H "Authorization: Bearer $${token}"`] : []),
    ...(isForm ? [`-F ${fileField}=@${request.sentFile}`] : []),
    ...(isForm ? Object.entries(body ?? {}).map(([name, value]) => `-F ${quoted(`${name}=${value}`)}`) : []),
    ...(body && !isForm ? ['-H "Content-Type: application/json"', `-d ${json(body)}`] : []),
  ];
  return words.join(' \\\n  ');
}

const json = (body: Record<string, unknown>) => {
  const short = JSON.stringify(body);
  return quoted(short.length <= LINE ? short : JSON.stringify(body, undefined, 2));
};

function address(base: string, path: string, query: Record<string, unknown>): string {
  const url = `${base}${path}${queryText(query)}`;
  return /[?&%@]/.test(url) ? quoted(url) : url;
}

const queryText = (query: Record<string, unknown>) => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
};
