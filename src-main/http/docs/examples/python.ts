import type { ExampleRequest } from './request.ts';

/** The request as a program with `requests`. Tokens come from the environment. */
export function pythonOf(request: ExampleRequest, baseUrl: string): string {
  return request.isOverSocket ? overSocket(request) : overHttp(request, baseUrl);
}

function overHttp(request: ExampleRequest, baseUrl: string): string {
  const { method, path, query, body, fileField, token, answer } = request;
  const words = [
    literal(`${baseUrl}${path}`),
    ...(token ? [`headers={"Authorization": f"Bearer {os.environ['${token}']}"}`] : []),
    ...(Object.keys(query).length > 0 ? [`params=${literal(query)}`] : []),
    ...(fileField === undefined
      ? []
      : [`files={${literal(fileField)}: open(${literal(request.sentFile)}, "rb")}`]),
    ...(body ? [`${fileField === undefined ? 'json' : 'data'}=${literal(body)}`] : []),
    ...(answer === 'events' ? ['stream=True'] : []),
    'timeout=60',
  ];
  const call = `requests.${method.toLowerCase()}(\n${words.map((word) => indented(word)).join(',\n')},\n)`;
  return [
    ...(token ? ['import os', ''] : []),
    'import requests',
    '',
    `answer = ${call}`,
    'answer.raise_for_status()',
    ...shown(request),
  ].join('\n');
}

function shown(request: ExampleRequest): string[] {
  switch (request.answer) {
    case 'result':
      return ['print(answer.json()["result"])'];
    case 'bare':
      return ['print(answer.json())'];
    case 'events':
      return ['for line in answer.iter_lines(decode_unicode=True):', '    print(line, flush=True)'];
    case 'bytes':
      return [`with open("${request.fileName}", "wb") as file:`, '    file.write(answer.content)'];
  }
}

/** Python's own HTTP, because `requests` knows no sockets in folders. */
function overSocket(request: ExampleRequest): string {
  const { method, path, body, answer, fileField, sentFile } = request;
  const isForm = fileField !== undefined;
  // What `requests` makes of a form can be sent by others too.
  const form = isForm
    ? [
        'form = requests.Request(',
        `    "${method}",`,
        `    "http://localhost${path}",`,
        `    files={${literal(fileField)}: open(${literal(sentFile)}, "rb")},`,
        `    data=${literal(body ?? {})},`,
        ').prepare()',
      ]
    : [];
  const sent = isForm
    ? ',\n    body=form.body,\n    headers=dict(form.headers),\n'
    : body
      ? `,\n    body=json.dumps(${literal(body)}),\n    headers={"Content-Type": "application/json"},\n`
      : '';
  return [
    'import http.client',
    ...(answer === 'bytes' && !body ? [] : ['import json']),
    'import os',
    'import socket',
    ...(isForm ? ['', 'import requests'] : []),
    '',
    '',
    'class Engine(http.client.HTTPConnection):',
    '    def connect(self):',
    '        self.sock = socket.socket(socket.AF_UNIX)',
    '        self.sock.connect(os.environ["BOTMOTHER_DATA_DIR"] + "/engine.sock")',
    '',
    '',
    'engine = Engine("localhost")',
    ...form,
    sent === ''
      ? `engine.request("${method}", "${path}")`
      : `engine.request(\n    "${method}",\n    "${path}"${sent})`,
    'answer = engine.getresponse()',
    ...(answer === 'bytes'
      ? [`with open("${request.fileName}", "wb") as file:`, '    file.write(answer.read())']
      : ['print(json.load(answer))']),
  ].join('\n');
}

const indented = (text: string) => text.replace(/^/gm, '    ');

const LINE = 64;

/** A JSON value as Python writes it. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return bracketed('[', value.map(literal), ']');
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}: ${literal(member)}`,
  );
  return bracketed('{', members, '}');
}

function bracketed(open: string, parts: string[], close: string): string {
  const short = `${open}${parts.join(', ')}${close}`;
  if (short.length <= LINE && !short.includes('\n')) return short;
  return `${open}\n${parts.map((part) => `${indented(part)},\n`).join('')}${close}`;
}
