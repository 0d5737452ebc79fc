import type { ExampleRequest } from './request.ts';

/** The request as a program with the typed client; tokens come from the environment. */
export function typescriptOf(request: ExampleRequest, baseUrl: string, name: string): string {
  return request.isOverSocket ? overSocket(request) : withClient(request, baseUrl, name);
}

function withClient(request: ExampleRequest, baseUrl: string, name: string): string {
  const { pathValues, query, body, fileField, token, answer } = request;
  const input = { ...pathValues, ...query, ...body };
  const members = Object.entries(input).map(([key, value]) => `${key}: ${literal(value)}`);
  if (fileField !== undefined)
    members.push(`${fileField}: new File([await openAsBlob('${request.sentFile}')], '${request.sentFile}')`);
  const given =
    members.length === 0 ? '' : `, ${bracketed('{ ', members, ' }', LINE - name.length - CALL.length)}`;
  const options = [`baseUrl: ${literal(baseUrl)}`, ...(token ? [`token: process.env.${token}`] : [])];
  const fsName = fileField !== undefined ? 'openAsBlob' : answer === 'bytes' ? 'writeFileSync' : undefined;
  return [
    ...(fsName ? [`import { ${fsName} } from 'node:fs';`] : []),
    `import { ${['createClient', name].sort().join(', ')} } from './botmother.ts';`,
    '',
    `const client = createClient(${bracketed('{ ', options, ' }')});`,
    ...shown(request, `${name}(client${given})`),
  ].join('\n');
}

function shown(request: ExampleRequest, call: string): string[] {
  switch (request.answer) {
    case 'events':
      return [`for await (const { data } of ${call}) console.log(data);`];
    case 'bytes':
      return [
        `const file = await ${call};`,
        `writeFileSync('${request.fileName}', new Uint8Array(await file.arrayBuffer()));`,
      ];
    default:
      return !call.includes('\n')
        ? [`console.log(await ${call});`]
        : [`const answer = await ${call};`, 'console.log(answer);'];
  }
}

/** Node's own HTTP, because `fetch` knows no sockets in folders. */
function overSocket(request: ExampleRequest): string {
  const { method, path, body, answer, fileField, sentFile } = request;
  const isForm = fileField !== undefined;
  const form = isForm
    ? [
        'const form = new FormData();',
        ...Object.entries(body ?? {}).map(([name, value]) => `form.set('${name}', ${literal(value)});`),
        `form.set('${fileField}', await openAsBlob('${sentFile}'), '${sentFile}');`,
        '// As fetch would send it.',
        'const sent = new Response(form);',
        '',
      ]
    : [];
  const options = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program
    'socketPath: `${process.env.BOTMOTHER_DATA_DIR}/engine.sock`',
    "host: 'localhost'",
    `method: '${method}'`,
    `path: '${path}'`,
    ...(isForm ? ["headers: { 'content-type': sent.headers.get('content-type') ?? '' }"] : []),
    ...(body && !isForm ? ["headers: { 'content-type': 'application/json' }"] : []),
  ];
  const isFile = answer === 'bytes';
  return [
    ...(isFile ? ["import { createWriteStream } from 'node:fs';"] : []),
    ...(isForm ? ["import { openAsBlob } from 'node:fs';"] : []),
    "import { request } from 'node:http';",
    '',
    ...form,
    `const asking = request(${bracketed('{ ', options, ' }')});`,
    isForm
      ? 'asking.end(Buffer.from(await sent.arrayBuffer()));'
      : `asking.end(${body ? `JSON.stringify(${literal(body)})` : ''});`,
    "asking.on('response', (answer) => {",
    isFile ? `  answer.pipe(createWriteStream('${request.fileName}'));` : '  answer.pipe(process.stdout);',
    '});',
  ].join('\n');
}

const LINE = 56;
/** What stands around the name and the fields of a call. */
const CALL = 'console.log(await (client, ));';
const NAME = /^[A-Za-z_]\w*$/;

/** A JSON value as TypeScript is written here. */
function literal(value: unknown): string {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return bracketed('[', value.map(literal), ']');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${NAME.test(name) ? name : literal(name)}: ${literal(member)}`,
  );
  return bracketed('{ ', members, ' }');
}

function bracketed(open: string, parts: string[], close: string, width = LINE): string {
  const short = `${open}${parts.join(', ')}${close}`;
  if (short.length <= width && !short.includes('\n')) return short;
  const lines = parts.map((part) => `${part.replace(/^/gm, '  ')},\n`).join('');
  return `${open.trim()}\n${lines}${close.trim()}`;
}
