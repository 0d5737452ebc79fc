interface Example {
  url: string;
  token: string;
  to: string;
  greeting: string;
  /** The file of a certificate that nobody else vouches for. */
  ca?: string | undefined;
}

/** A first message, in the languages people begin with. `url`: that of the bot API. */
export const EXAMPLES: Record<'curl' | 'Python' | 'Node', (example: Example) => string> = {
  curl: ({ url, token, to, greeting, ca }) =>
    [
      `curl ${ca === undefined ? '' : `--cacert ${ca} `}-X POST ${url}sendMessage \\`,
      `  -H "Authorization: Bearer ${token}" \\`,
      '  -H "Content-Type: application/json" \\',
      `  -d '${JSON.stringify({ to, text: greeting })}'`,
    ].join('\n'),
  Python: ({ url, token, to, greeting, ca }) =>
    [
      'import requests',
      '',
      `requests.post("${url}sendMessage",`,
      `    headers={"Authorization": "Bearer ${token}"},`,
      `    json=${JSON.stringify({ to, text: greeting })}${ca === undefined ? '' : `,\n    verify="${ca}"`})`,
    ].join('\n'),
  Node: ({ url, token, to, greeting, ca }) =>
    [
      ...(ca === undefined ? [] : [`// NODE_EXTRA_CA_CERTS=${ca} node first.mjs`]),
      `await fetch('${url}sendMessage', {`,
      "  method: 'POST',",
      `  headers: { authorization: 'Bearer ${token}', 'content-type': 'application/json' },`,
      `  body: JSON.stringify(${JSON.stringify({ to, text: greeting })}),`,
      '});',
    ].join('\n'),
};
